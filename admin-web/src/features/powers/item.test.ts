import { describe, expect, it } from "vitest";
import { type Item, itemOf, moved, redKinds, typedOf, withoutDays } from "./item";

const item: Item = {
  code: "seal-use",
  name: "印章使用",
  category: "印章管理",
  legal_basis: ["某规定"],
  responsible_org: "村民委员会",
  supervising_org: "乡镇纪委",
  who_can_apply: "村民",
  materials: ["文件原件"],
  steps: [
    { no: 1, name: "申请", actor: "村民", record_required: true },
    { no: 2, name: "盖章", actor: "保管人", record_required: true },
  ],
  publicity: [{ what: "用印登记", min_days: 15 }],
  red_lines: ["不得盖空白纸", "不得收钱"],
  red_line_kinds: ["other", "favouritism"],
  risk_points: [],
  plain_language: "先登记。",
};

describe("an item in a form", () => {
  it("comes back as it went in", () => {
    expect(itemOf(typedOf(item), item.steps, item)).toEqual(item);
  });

  it("keeps a red line's kind while its words stay, and numbers the steps anew", () => {
    const typed = {
      ...typedOf(item),
      red_lines: "不得收钱\n\n不得借章",
      note: " 新说明 ",
      publicity: "登记 15天\n没写天数",
    };
    const next = itemOf(typed, moved(item.steps, 1, -1), item);
    expect(next.red_line_kinds).toEqual(["favouritism", "favouritism"]);
    expect(next.steps.map(({ no, name }) => [no, name])).toEqual([
      [1, "盖章"],
      [2, "申请"],
    ]);
    expect(next.note).toBe("新说明");
    expect(next.publicity).toEqual([
      { what: "登记", min_days: 15 },
      { what: "没写天数", min_days: 0 },
    ]);
  });

  it("keeps what a red line is about when its words are rewritten in their place, and takes what is chosen", () => {
    expect(redKinds(["不得盖空白的纸", "不得收礼"], item, {})).toEqual(["other", "favouritism"]);
    expect(redKinds(["不得收礼"], item, {})).toEqual(["other"]);
    expect(redKinds(["不得收钱", "新的"], item, { 新的: "sham_bidding" })).toEqual([
      "favouritism",
      "sham_bidding",
    ]);
    const { red_line_kinds: _none, ...unsorted } = item;
    expect(itemOf(typedOf(unsorted), item.steps, unsorted)).toEqual(unsorted);
    const chosen = itemOf(typedOf(unsorted), item.steps, unsorted, { 不得收钱: "favouritism" });
    expect(chosen.red_line_kinds).toEqual(["other", "favouritism"]);
  });

  it("names the entry that says no days", () => {
    expect(withoutDays("登记 15天\n\n没写天数\n又没写")).toBe(2);
    expect(withoutDays("登记 15")).toBeNull();
  });
});
