import { describe, expect, it, vi } from "vitest";
import { lineOf, type PublicLine } from "./cases";

const line = (no: number) => ({ no }) as PublicLine;

describe("a line of a version", () => {
  it("is looked for on as many pages as it takes", async () => {
    const page = vi.fn(async (cursor: string | null) =>
      cursor === null
        ? { items: [line(1), line(2)], next_cursor: "b" }
        : { items: [line(3), line(4)], next_cursor: "c" },
    );
    expect(await lineOf(4, page)).toEqual(line(4));
    expect(page.mock.calls).toEqual([[null], ["b"]]);
  });

  it("is not there when the pages have passed its number, or ended", async () => {
    const passed = vi.fn(async () => ({ items: [line(5)], next_cursor: "b" }));
    expect(await lineOf(3, passed)).toBeNull();
    expect(passed).toHaveBeenCalledOnce();
    expect(await lineOf(3, async () => ({ items: [line(1)], next_cursor: null }))).toBeNull();
  });
});
