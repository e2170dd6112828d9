import { afterEach, expect, test, vi } from "vitest";
import { firstReads } from "./first";

const code = "230104111204";

afterEach(() => vi.unstubAllGlobals());

test("no page asks for what it does not show", () => {
  expect(firstReads("/help")).toEqual([]);
  expect(firstReads("/v/12")).toEqual([]);
  expect(firstReads(`/v/${code}`)).toHaveLength(2);
  expect(firstReads(`/v/${code}/`)).toEqual(firstReads(`/v/${code}`));
  // The name of the village, and nothing of its accounts.
  for (const path of [
    "tables",
    "obligations/township",
    "answers",
    "stats",
    "print/powers",
    "print/powers/abc",
  ])
    expect(firstReads(`/v/${code}/${path}`), path).toEqual([`/api/v1/regions/${code}`]);
});

// An early answer is found by its path: were it written another way than the client writes it, everything
// would be asked twice, and nobody would notice.
test("the paths are written as the client writes them", async () => {
  const asked: string[] = [];
  vi.stubGlobal("navigator", { onLine: true });
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("location", new URL("http://village.example/"));
  const plain = Request;
  vi.stubGlobal(
    "Request",
    class extends plain {
      constructor(input: string, init?: RequestInit) {
        super(new URL(input, "http://village.example"), init);
      }
    },
  );
  vi.stubGlobal("fetch", async (request: Request) => {
    const { pathname, search } = new URL(request.url);
    asked.push(pathname + search);
    return Response.json({ items: [], next_cursor: null });
  });
  const reads = await import("./reads");
  const pages: readonly [string, () => unknown[]][] = [
    ["/", () => [reads.readTopRegions()]],
    [`/v/${code}`, () => [reads.readDisclosures(code, 1), reads.readRegion(code)]],
    [`/v/${code}/accounts/2026-10`, () => [reads.readDisclosures(code), reads.readRegion(code)]],
    [`/v/${code}/powers`, () => [reads.readPowers(code), reads.readRegion(code)]],
    [`/v/${code}/powers/0a1b`, () => [reads.readPower("0a1b"), reads.readRegion(code)]],
  ];
  const expected = new Set(pages.flatMap(([path]) => firstReads(path)));
  for (const [, ask] of pages) await Promise.all(ask());
  expect(new Set(asked)).toEqual(expected);
});
