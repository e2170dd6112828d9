import { describe, expect, it } from "vitest";
import {
  createAdminClient,
  createPublicClient,
  formatDay,
  formatFen,
  formatInstant,
  formatPeriod,
  isProblem,
  newIdempotencyKey,
  parseYuan,
  plainStates,
  states,
  word,
} from "./index";

describe("money", () => {
  it.each([
    [123450, "1,234.50元"],
    [0, "0.00元"],
    [5, "0.05元"],
    [-100, "-1.00元"],
    [100_000_000_000_000, "1,000,000,000,000.00元"],
  ])("shows %d fen as %s", (fen, text) => expect(formatFen(fen)).toBe(text));

  it("says it in English", () => expect(formatFen(-123456789, "en")).toBe("-¥1,234,567.89"));
  it("refuses a fraction of a fen", () => expect(() => formatFen(0.1)).toThrow(RangeError));

  it.each([
    ["1,234.5", 123450],
    ["￥12", 1200],
    ["１２．５元", 1250],
    ["-3", -300],
    ["0.10", 10],
    ["0.100", 10],
    ["-0", 0],
    ["1000000000000", 100_000_000_000_000],
    ["1000000000000.01", null],
    ["0.001", null],
    ["1,23", null],
    ["壹万", null],
    ["", null],
    ["1e3", null],
  ])("reads %s", (text, fen) => expect(parseYuan(text)).toBe(fen));

  it("reads what it shows", () => {
    for (const fen of [0, 1, 99, 100, 123450, -7, 98_765_432_101])
      expect(parseYuan(formatFen(fen))).toBe(fen);
  });
});

describe("dates", () => {
  it("shows days, with the year only where it differs", () => {
    expect(formatDay("2026-11-27")).toBe("2026年11月27日");
    expect(formatDay("2026-11-05", "zh", 2026)).toBe("11月5日");
    expect(formatDay("2026-11-27", "en", 2025)).toBe("27 November 2026");
    expect(formatDay("soon")).toBe("soon");
  });
  it("shows instants by China's clocks, whatever offset they came with", () => {
    expect(formatInstant("2026-11-27T09:30:00+08:00")).toBe("2026年11月27日 09:30");
    expect(formatInstant("2026-12-31T16:05:00Z", "en")).toBe("1 January 2027 00:05");
    expect(formatInstant("never")).toBe("never");
  });
  it("names periods", () => {
    expect(["2026-10", "2026-Q4", "2026", "2026-13"].map((p) => formatPeriod(p))).toEqual([
      "2026年10月",
      "2026年第4季度",
      "2026年",
      "2026-13",
    ]);
    expect(["2026-10", "2026-Q4", "2026"].map((p) => formatPeriod(p, "en"))).toEqual([
      "October 2026",
      "Q4 2026",
      "2026",
    ]);
  });
});

describe("words", () => {
  it("says a state to staff and to a villager", () => {
    expect(word(states, "under_review")).toBe("审核中");
    expect(word(plainStates, "under_review")).toBe("正在办");
    expect(word(states, "closed", "en")).toBe("Closed");
  });
  it("shows an unknown code as itself", () => {
    expect(word(states, "teleported")).toBe("teleported");
    expect(word(states, "toString")).toBe("toString");
  });
});

describe("clients", () => {
  // The paths are the generated ones; these tests are about headers, so any path will do.
  type AnyClient = { GET: (path: string) => Promise<{ data?: unknown; error?: unknown }> };
  const echo = (seen: Request[]) => (request: Request) => {
    seen.push(request);
    return Promise.resolve(Response.json({ ok: true }));
  };

  it("sends the token of the moment, and none without one", async () => {
    const seen: Request[] = [];
    let token: string | null = "first";
    const client = createAdminClient("http://localhost", {
      token: () => token,
      fetch: echo(seen),
    }) as unknown as AnyClient;
    await client.GET("/x");
    token = null;
    await client.GET("/x");
    expect(seen.map((request) => request.headers.get("authorization"))).toEqual(["Bearer first", null]);
  });

  it("asks for the reader's language and carries no token", async () => {
    const seen: Request[] = [];
    const client = createPublicClient("http://localhost", {
      language: "en",
      fetch: echo(seen),
    }) as unknown as AnyClient;
    await client.GET("/x");
    expect(seen[0]?.url).toBe("http://localhost/x");
    expect(seen[0]?.headers.get("accept-language")).toBe("en");
    expect(seen[0]?.headers.get("authorization")).toBeNull();
  });

  it("tells a problem from a proxy's page, and makes keys long enough", () => {
    expect(isProblem({ code: "not_found", status: 404, title: "", type: "" })).toBe(true);
    expect(isProblem("<html>")).toBe(false);
    expect(newIdempotencyKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(newIdempotencyKey()).not.toBe(newIdempotencyKey());
  });
});
