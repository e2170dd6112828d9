import { expect, test } from "vitest";
import { csv } from "./csv";

test("a table as a spreadsheet reads it, with nothing that it would reckon", () => {
  expect(
    csv([
      ["单位", "在办"],
      ['甲,"乙"', 3],
      ["=1+1", null],
    ]),
  ).toBe('\uFEFF单位,在办\r\n"甲,""乙""",3\r\n\'=1+1,\r\n');
});
