import { describe, expect, it } from "vitest";
import { chinaDay, clockAt, weekday } from "./time";

describe("case time", () => {
  it("runs as fast as the server says", () => {
    expect(clockAt({ base: 1000, read: 50, speed: 1 }, 150)).toBe(1100);
    expect(clockAt({ base: 1000, read: 50, speed: 3600 }, 51)).toBe(4600);
  });

  it("is China's, wherever the reader is", () => {
    const evening = Date.parse("2026-11-22T16:30:00Z");
    expect(chinaDay(evening)).toBe("2026-11-23");
    expect(weekday(evening, "zh")).toBe("周一");
  });
});
