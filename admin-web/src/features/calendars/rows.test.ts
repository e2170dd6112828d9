import { describe, expect, it } from "vitest";
import { readHours, readRows } from "./rows";

describe("days as people write them", () => {
  it("are read in Chinese and in English, with the heading of a table or without", () => {
    const rows = readRows("\uFEFFdate,kind,name\r\n2027-01-01,off,元旦\n\n2027-01-03，上班，元旦\n");
    expect(rows.days).toEqual([
      { date: "2027-01-01", kind: "off", name: "元旦" },
      { date: "2027-01-03", kind: "work", name: "元旦" },
    ]);
    expect(rows.lines).toEqual([2, 4]);
    expect(rows.bad).toEqual([]);
  });

  it("are named by their line where they cannot be read", () => {
    expect(readRows("2027-01-01,maybe,元旦\n2027-01-02,off,\n2027-01-03,off,元旦").bad).toEqual([1, 2]);
  });
});

describe("office hours", () => {
  it("are one range or several", () => {
    expect(readHours("9:00-12:00 13:30-17:00")).toEqual([
      ["09:00", "12:00"],
      ["13:30", "17:00"],
    ]);
    expect(readHours("上午")).toBeNull();
    expect(readHours(" ")).toBeNull();
  });
});
