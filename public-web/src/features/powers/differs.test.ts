import { expect, test } from "vitest";
import type { Power } from "../../lib/reads";
import { differs } from "./differs";
import { localWords } from "./localWords";
import { told } from "./told";
import { words } from "./words";

const step = (no: number, name: string, more: Partial<Power["steps"][number]> = {}) => ({
  no,
  name,
  actor: "文书",
  limit: null,
  limit_unit: null,
  publish: null,
  record_required: false,
  ...more,
});

const TEMPLATE: Power = {
  id: "above",
  code: "seal",
  name: "用章",
  category: "印章管理",
  region_code: "230104000000",
  level: "county",
  list: "power",
  in_force: true,
  overrides: null,
  written_over: null,
  version: 1,
  published_at: "2026-01-01T00:00:00Z",
  content_sha256: "",
  source: "",
  licence: "",
  legal_basis: ["甲", "乙"],
  responsible_org: "村委会",
  supervising_org: "村务监督委员会",
  who_can_apply: "村民",
  contact_phone: null,
  plain_language: "盖章不收钱。",
  note: null,
  steps: [step(1, "申请"), step(2, "审核", { limit: 3, limit_unit: "working_day" }), step(3, "登记")],
  materials: ["身份证"],
  publicity: [{ what: "用章记录", min_days: 7 }],
  red_lines: ["不得收费", "不得空白盖章"],
  red_line_kinds: [],
  risk_points: [],
};
const own = (more: Partial<Power>) => differs(TEMPLATE, { ...TEMPLATE, ...more });
const titles = (more: Partial<Power>) => {
  const power = { ...TEMPLATE, ...more };
  const red = (power.red_lines ?? []).length > 0;
  return told(differs(TEMPLATE, power), { local: localWords.zh, power: words.zh }, red).map(
    ({ title }) => title,
  );
};

test("the same words are no difference, whatever their numbers and empty fields", () => {
  expect(titles({})).toEqual([]);
  expect(titles({ note: "", contact_phone: "", steps: TEMPLATE.steps.map((one) => ({ ...one })) })).toEqual(
    [],
  );
  expect(titles({ steps: [step(1, "申请", { publish: false }), ...TEMPLATE.steps.slice(1)] })).toEqual([]);
});

test("steps: left out, put in, rewritten, otherwise, in another order", () => {
  const [first, second, third] = TEMPLATE.steps as [never, never, never];
  expect(own({ steps: [first, step(2, "登记")] }).steps.gone.map(({ name }) => name)).toEqual(["审核"]);
  const more = own({ steps: [...TEMPLATE.steps, step(4, "回访")] });
  expect(more.steps.added.map(({ name }) => name)).toEqual(["回访"]);
  expect(more.changed).toEqual([]);
  const other = own({
    steps: [first, step(2, "书记同意", { limit: 3, limit_unit: "working_day" }), third],
  });
  expect(other.steps).toEqual({ gone: [], added: [] });
  expect(other.changed.map(({ was, now, fields }) => [was.name, now.name, fields])).toEqual([
    ["审核", "书记同意", ["name"]],
  ]);
  const slow = own({ steps: [first, step(2, "审核", { limit: 3, limit_unit: "calendar_day" }), third] });
  expect(slow.changed[0]?.fields).toEqual(["limit"]);
  const turned = own({ steps: [second, first, third] });
  expect([turned.moved, turned.steps, turned.changed]).toEqual([true, { gone: [], added: [] }, []]);
  // Fewer in the same place: none of them is another one's new name.
  const fewer = own({ steps: [step(1, "口头说一声")] });
  expect([fewer.steps.gone.length, fewer.steps.added.length, fewer.changed.length]).toEqual([3, 1, 0]);
});

test("what is lost is said first, and none at all is said as such", () => {
  expect(titles({ red_lines: [], steps: TEMPLATE.steps.slice(0, 2), publicity: [] })).toEqual([
    "模板里有 2 条红线，这里一条也没有写",
    "少了 1 步",
    "少公示 1 样",
  ]);
  expect(titles({ red_lines: ["不得收费", "不得代签"] })).toEqual(["少了 1 条红线", "多了 1 条红线"]);
});

test("postings by what is posted, texts by their fields", () => {
  expect(own({ publicity: [{ what: "用章记录", min_days: 3 }] }).days).toEqual([
    { was: { what: "用章记录", min_days: 7 }, now: { what: "用章记录", min_days: 3 } },
  ]);
  expect(own({ plain_language: "盖章找书记。", note: "试行" }).texts.map(({ field }) => field)).toEqual([
    "plain_language",
    "note",
  ]);
  expect(titles({ materials: ["身份证", "户口本"], legal_basis: ["甲"] })).toEqual([
    "要带的东西多了 1 样",
    "依据的规定少了 1 条",
  ]);
});
