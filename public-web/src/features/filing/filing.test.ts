import { expect, test } from "vitest";
import { type Draft, emptyDraft, hasWords, readDraft } from "../../lib/draft";
import { bodyOf } from "./body";
import { faultsOfIdentity, faultsOfMatter, faultsOfServer, stepOf } from "./checks";
import { destination, type Unit } from "./destination";
import { asBody, lengthOf } from "./text";

const unit = (id: string, kind: Unit["kind"], level: Unit["level"], posts: string[] = []): Unit => ({
  id,
  kind,
  level,
  name: id,
  region_code: "230104111204",
  posts: posts.map((post) => ({ id: post, title: post, leads: false })),
});
const UNITS: Unit[] = [
  unit("village", "village_committee", "village", ["village-head"]),
  unit("government", "township_government", "township", ["mayor"]),
  unit("organ-township", "discipline_organ", "township"),
  unit("organ-county", "discipline_organ", "county"),
  unit("organ-city", "discipline_organ", "city"),
];
const CATEGORIES = [
  { code: "accounts", name: "村里的账", hint: "", redirect: null },
  {
    code: "discipline",
    name: "检举违纪违法",
    hint: "",
    redirect: { code: "discipline_12388", text: "打12388", phone: "12388", phones: ["12388"] },
  },
];

const draft = (more: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  region: { code: "230104111204", name: "东风村" },
  kind: "question",
  category: "accounts",
  text: "请问这一笔具体是怎么回事？",
  nobody: true,
  mode: "anonymous",
  ...more,
});
const matter = (more: Partial<Draft>, aboveCity = false) =>
  faultsOfMatter(draft(more), CATEGORIES, aboveCity).map((fault) => `${fault.field}:${fault.code}`);
const identity = (more: Partial<Draft>) =>
  faultsOfIdentity(draft(more)).map((fault) => `${fault.field}:${fault.code}`);

test("a whole draft has no fault", () => {
  expect(matter({})).toEqual([]);
  expect(identity({})).toEqual([]);
});

test("everything missing is named at once, in the order of the page", () => {
  const empty = { region: null, kind: null, category: null, text: " \n", nobody: false };
  expect(matter(empty)).toEqual([
    "region:missing",
    "kind:missing",
    "category:missing",
    "text:missing",
    "targets:missing",
  ]);
});

test("text is counted in characters after trimming, as the server counts", () => {
  expect(matter({ text: "  水渠堵了 " })).toEqual(["text:short"]);
  expect(matter({ text: "水渠堵了。" })).toEqual([]);
  expect(matter({ text: "😀".repeat(5) })).toEqual([]);
  expect(matter({ text: "😀".repeat(4) })).toEqual(["text:short"]);
  expect(matter({ text: "字".repeat(4000) })).toEqual([]);
  expect(matter({ text: "字".repeat(4001) })).toEqual(["text:long"]);
  expect(asBody("a\r\nb\u0000\u200bc")).toBe("a\nb\u200bc");
  expect(lengthOf("𠮷野家")).toBe(3);
});

test("a matter with another door is not taken", () => {
  expect(matter({ category: "discipline" })).toEqual(["category:elsewhere"]);
});

test("at most ten targets; somebody else must be described; the city has no one above it here", () => {
  const many = Array.from({ length: 11 }, (_, at) => `organisation:${at}`);
  expect(matter({ nobody: false, targets: many })).toEqual(["targets:too_many"]);
  expect(matter({ nobody: false, other: true })).toEqual(["otherText:missing"]);
  expect(matter({ nobody: false, other: true, otherText: "包工头" })).toEqual([]);
  expect(matter({ nobody: false, targets: ["organisation:organ-city"] }, true)).toEqual([
    "targets:above_city",
  ]);
});

test("a kept name needs a way to be reached, a real one the name itself", () => {
  expect(identity({ mode: null })).toEqual(["mode:missing"]);
  expect(identity({ mode: "confidential" })).toEqual(["name:contact"]);
  expect(identity({ mode: "confidential", phone: "138 0000 0000" })).toEqual([]);
  expect(identity({ mode: "named", phone: "13800000000" })).toEqual(["name:missing"]);
  expect(identity({ mode: "named", name: "王", phone: "12", email: "a@b" })).toEqual([
    "phone:wrong",
    "email:wrong",
  ]);
});

test("the body: nobody in particular is an empty list, and no name goes out anonymously", () => {
  expect(bodyOf(draft({ targets: ["post:x"], name: "王", phone: "13800000000" }))).toEqual({
    kind: "question",
    region_code: "230104111204",
    category: "accounts",
    text: "请问这一笔具体是怎么回事？",
    targets: [],
    identity: { mode: "anonymous" },
    filed_by: "self",
    may_publish_answer: false,
  });
});

test("the body: targets of every kind, identity, what it is about", () => {
  const whole = draft({
    nobody: false,
    targets: ["organisation:village", "post:mayor", "group:township"],
    other: true,
    otherText: " 包工头\n老张 ",
    mode: "confidential",
    name: " 王芳 ",
    phone: "",
    email: "w@example.com",
    forSomeone: true,
    publish: true,
    about: {
      region_code: "230104111204",
      about: { type: "disclosure_line", id: "L1" },
      label: "二组村道修补",
      amount_fen: 1280000,
    },
  });
  expect(bodyOf(whole)).toMatchObject({
    about: { type: "disclosure_line", id: "L1" },
    targets: [
      { type: "organisation", id: "village" },
      { type: "post", id: "mayor" },
      { type: "group", group: "township" },
      { type: "other", text: "包工头 老张" },
    ],
    identity: { mode: "confidential", name: "王芳", email: "w@example.com" },
    filed_by: "agent",
    may_publish_answer: true,
  });
});

test("a telephone number may come in wide signs, with any dash or none", () => {
  const whole = draft({ mode: "confidential", email: "ｗａｎｇ＠example.com" });
  for (const [typed, sent] of [
    ["１３８００００１２３４", "13800001234"],
    ["１３８　００００　１２３４", "138 0000 1234"],
    ["138—0000–1234", "138-0000-1234"],
    ["（０４５１）8765 4321", "(0451)8765 4321"],
  ] as const) {
    const one = { ...whole, phone: typed };
    expect(faultsOfIdentity(one), typed).toEqual([]);
    expect(bodyOf(one).identity).toMatchObject({ phone: sent, email: "wang@example.com" });
  }
  expect(faultsOfIdentity({ ...whole, phone: "一三八" })).toHaveLength(1);
});

test("it goes strictly above everybody it is about", () => {
  const to = (more: Partial<Draft>) => {
    const found = destination(draft({ nobody: false, ...more }), UNITS);
    return found.to === "unit" ? found.unit.id : found.to;
  };
  expect(to({ nobody: true })).toBe("organ-township");
  expect(to({ targets: ["post:village-head"] })).toBe("organ-township");
  expect(to({ targets: ["group:village", "post:mayor"] })).toBe("organ-county");
  expect(to({ targets: ["group:township"] })).toBe("organ-county");
  expect(to({ other: true })).toBe("organ-county");
  expect(to({ targets: ["organisation:organ-county"] })).toBe("organ-city");
  expect(to({ targets: ["organisation:organ-city"] })).toBe("outside");
  expect(destination(draft(), [])).toEqual({ to: "unknown" });
});

test("the server's findings land at their fields", () => {
  const errors = [
    { pointer: "/text", code: "too_short", detail: "内容太短" },
    { pointer: "/targets/0", code: "target_unknown", detail: "没有这个单位或岗位" },
    { pointer: "/identity/phone", code: "invalid_phone", detail: "电话号码无效" },
    { pointer: "/about/id", code: "about_not_found", detail: "不存在" },
    { pointer: "/elsewhere", code: "x", detail: "?" },
  ];
  expect(faultsOfServer(errors).map((fault) => [fault.field, fault.code])).toEqual([
    ["text", "short"],
    ["targets", "gone"],
    ["phone", "wrong"],
    ["about", "gone"],
  ]);
  expect(stepOf("phone")).toBe(2);
  expect(stepOf("targets")).toBe(1);
});

test("a kept draft survives, and nonsense in its place does not break the page", () => {
  const kept = draft({ text: "写了一半" });
  expect(readDraft(JSON.stringify(kept))).toEqual(kept);
  for (const bad of [null, "", "{", "1", '{"key":1}', '{"key":"short"}', '{"targets":"x"}']) {
    expect(readDraft(bad)).toBeNull();
  }
  expect(hasWords(emptyDraft())).toBe(false);
  expect(hasWords(kept)).toBe(true);
});
