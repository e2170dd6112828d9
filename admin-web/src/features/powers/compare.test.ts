import { describe, expect, it } from "vitest";
import { compare, type Row, type Texts } from "./compare";
import type { Item, Step } from "./item";

const step = (name: string, actor = "村民", limit: number | null = null): Step => ({
  no: 0,
  name,
  actor,
  record_required: true,
  ...(limit === null ? {} : { limit, limit_unit: "working_day" }),
});

const item = (change: Partial<Item> = {}): Item => ({
  code: "seal-use",
  name: "印章使用",
  category: "印章管理",
  legal_basis: ["某规定"],
  responsible_org: "村民委员会",
  supervising_org: "乡镇纪委",
  who_can_apply: "村民",
  materials: ["文件原件", "身份证"],
  steps: [step("申请"), step("审批", "主任"), step("盖章", "保管人")],
  plain_language: "先登记，后盖章。",
  ...change,
});

const texts: Texts = {
  step: ({ name, actor, limit }) => [name, actor, limit == null ? "" : `${limit} 天`],
  posting: ({ what, min_days }) => `${what} ${min_days} 天`,
  redLine: (line, kind) => (kind === "other" ? line : `${line}（${kind}）`),
};
const changed = (before: Item, after: Item) => compare(before, after, texts).filter((row) => row.changed);
const shown = (row: Row | undefined) =>
  [...(row?.before ?? []), ...(row?.after ?? [])].map(
    ({ mark, head, middle, tail }) =>
      `${mark === "same" ? " " : mark === "gone" ? "-" : "+"}${head}[${middle}]${tail}`,
  );

describe("two versions of an item", () => {
  it("says nothing of what is the same, and leaves out what neither has", () => {
    const rows = compare(item(), item(), texts);
    expect(rows.filter((row) => row.changed)).toEqual([]);
    expect(rows.map(({ key }) => key)).not.toContain("note");
  });

  it("marks within a text only what is another", () => {
    const [row] = changed(item(), item({ plain_language: "先登记，再盖章。" }));
    expect(shown(row)).toEqual(["-先登记，[后]盖章。", "+先登记，[再]盖章。"]);
  });

  it("of a list, says which entries are gone and which are new", () => {
    const [row] = changed(item(), item({ materials: ["身份证", "户口本"] }));
    expect(shown(row)).toEqual(["-[文件原件]", " 身份证[]", " 身份证[]", "+[户口本]"]);
  });

  it("knows a step by its name, wherever it has gone to", () => {
    const after = item({
      steps: [step("登记", "文书"), step("申请"), step("审批", "书记"), step("盖章", "保管人")],
    });
    const rows = changed(item(), after);
    expect(rows.map(({ what }) => what)).toEqual([
      { before: null, after: 1 },
      { before: 2, after: 3 },
    ]);
    expect(shown(rows[1])).toEqual([" 审批[]", "-[主任]", " 审批[]", "+[书记]"]);
  });

  it("says of a step that changed its place only where it was and is", () => {
    const [one, two, three] = item().steps as [Step, Step, Step];
    const rows = changed(item(), item({ steps: [two, one, three] }));
    expect(rows).toHaveLength(1);
    expect(shown(rows[0]).filter((line) => !line.startsWith(" "))).toEqual([]);
  });

  it("says when a red line is about something else", () => {
    const [sorted, not] = [
      item({ red_lines: ["不得收钱"], red_line_kinds: ["favouritism"] }),
      item({ red_lines: ["不得收钱"] }),
    ];
    const [row] = changed(sorted, not);
    expect(shown(row)).toEqual(["-不得收钱[（favouritism）]", "+不得收钱[]"]);
  });

  it("takes a step renamed in its place for the same step, and one taken out for gone", () => {
    const renamed = changed(
      item(),
      item({ steps: [step("申请"), step("批准", "主任"), step("盖章", "保管人")] }),
    );
    expect(renamed.map(({ what }) => what)).toEqual([{ before: 2, after: 2 }]);
    const less = changed(item(), item({ steps: [step("申请"), step("盖章", "保管人")] }));
    expect(less.map(({ what }) => what)).toEqual([{ before: 2, after: null }]);
    const limited = changed(item(), item({ steps: [step("申请", "村民", 3), ...item().steps.slice(1)] }));
    expect(shown(limited[0])).toEqual([" 申请[]", " 村民[]", " 申请[]", " 村民[]", "+[3 天]"]);
  });
});
