import { describe, expect, it } from "vitest";
import { difference } from "./difference";

describe("a difference", () => {
  it.each([
    ["5.00", "3.00", "+2.00"],
    ["0.10", "0.30", "−0.20"],
    ["12", "12.00", "0"],
    ["12", "2.5", "+9.5"],
    ["-3.00", "4.00", "−7.00"],
    ["9007199254740993.01", "9007199254740993.00", "+0.01"],
    ["1.0001", "1", "+0.0001"],
  ])("%s − %s = %s", (now, before, change) => expect(difference(now, before)).toBe(change));

  it("says nothing of what is no number", () => {
    expect(difference("", "1")).toBeNull();
    expect(difference("1", "一")).toBeNull();
  });
});
