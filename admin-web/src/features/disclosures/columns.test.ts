import { describe, expect, it } from "vitest";
import { canMatch, fits, lacksRequired, preset, takenNow } from "./columns";

const wanted = (heading: string, found: string | null, required = true) => ({ heading, found, required });
const has = (heading: string, taken_for: string | null, letter = "A") => ({
  heading,
  taken_for,
  letter,
  samples: [],
});
const SHEET = {
  columns: [wanted("日期", null), wanted("摘要", "摘要"), wanted("备注", null, false)],
  sheet_columns: [has("记账日", null), has("摘要", "摘要", "B")],
};

describe("matched columns", () => {
  it("begins with what the server took", () => {
    expect(takenNow(SHEET)).toEqual({ 日期: "", 摘要: "摘要", 备注: "" });
    expect(preset(null, SHEET)).toEqual(takenNow(SHEET));
  });

  it("begins with what was matched before where the sheet has it all", () => {
    const kept = { 日期: "记账日", 备注: "" };
    expect(fits(kept, SHEET)).toBe(true);
    expect(preset(kept, SHEET)).toEqual({ 日期: "记账日", 摘要: "摘要", 备注: "" });
    const gone = { 日期: "记账日", 备注: "说明" };
    expect(fits(gone, SHEET)).toBe(false);
    expect(preset(gone, SHEET)).toEqual(takenNow(SHEET));
  });

  it("never gives a column two meanings", () => {
    expect(preset({ 备注: "摘要" }, SHEET)).toEqual({ 日期: "", 摘要: "", 备注: "摘要" });
  });

  it("offers nothing that is done already or of another layout", () => {
    expect(fits({ 摘要: "摘要" }, SHEET)).toBe(false);
    expect(fits({ 收入: "记账日" }, SHEET)).toBe(false);
    expect(fits({ 日期: "" }, SHEET)).toBe(false);
  });

  it("asks only where something is open", () => {
    expect(canMatch(SHEET)).toBe(true);
    expect(lacksRequired(SHEET)).toBe(true);
    const done = { columns: [wanted("摘要", "摘要")], sheet_columns: [has("摘要", "摘要")] };
    expect(canMatch(done)).toBe(false);
    expect(canMatch({ ...done, sheet_columns: [has("部门", null)] })).toBe(true);
    expect(canMatch({ columns: [wanted("摘要", null)], sheet_columns: [] })).toBe(false);
  });
});
