import { describe, expect, it } from "vitest";
import { asQuery, DEFAULTS, readFilters, stepped, writeFilters } from "./filters";

describe("the queue's address", () => {
  it("says only what is not the default, and reads back the same", () => {
    expect(writeFilters(DEFAULTS)).toBe("");
    const chosen = { ...DEFAULTS, state: "handling", light: "red", mine: true, q: " 边沟 " };
    const address = writeFilters(chosen);
    expect(address).toBe("state=handling&light=red&mine=1&q=%E8%BE%B9%E6%B2%9F");
    expect(readFilters(new URLSearchParams(address))).toEqual({ ...chosen, q: "边沟" });
  });

  it("asks the API in its own words", () => {
    expect(asQuery(DEFAULTS, "me")).toEqual({ state: "open" });
    expect(asQuery({ ...DEFAULTS, state: "all", mine: true, category: "accounts" }, "me")).toEqual({
      category: "accounts",
      assignee: "me",
    });
    const behind = { ...DEFAULTS, state: "all", counted: "on_time", month: "2026-10" };
    expect(asQuery(behind, "me")).toEqual({ counted: "on_time", month: "2026-10" });
    expect(readFilters(new URLSearchParams(writeFilters(behind)))).toEqual(behind);
    // A month alone asks for nothing.
    expect(asQuery({ ...behind, counted: null }, "me")).toEqual({});
  });
});

describe("stepping through the rows", () => {
  it("begins at the first, stays at the ends, and starts anew when a row is gone", () => {
    const ids = ["a", "b", "c"];
    expect(stepped(ids, null, 1)).toBe("a");
    expect(stepped(ids, "a", 1)).toBe("b");
    expect(stepped(ids, "c", 1)).toBe("c");
    expect(stepped(ids, "a", -1)).toBe("a");
    expect(stepped(ids, "gone", -1)).toBe("a");
    expect(stepped([], null, 1)).toBeNull();
  });
});
