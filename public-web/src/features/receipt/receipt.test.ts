import { actions } from "@yidiantong/client";
import { expect, test } from "vitest";
import { dueOf } from "./due";
import { disputeGone, dissatisfiedSoFar, isStep, promised, type Receipt, timeline, worked } from "./timeline";

const timer = (stage: Receipt["timers"][number]["stage"], more: Partial<Receipt["timers"][number]> = {}) => ({
  stage,
  round: 1,
  started_at: "2026-11-23T08:02:54+08:00",
  due_at: "2026-12-15T00:00:00+08:00",
  due_date: "2026-12-14",
  provisional: false,
  paused: false,
  stopped_at: null,
  breached: false,
  ...more,
});

const event = (seq: number, action: string, public_note: string | null = null) => ({
  seq,
  at: `2026-11-${String(22 + seq).padStart(2, "0")}T09:00:00+08:00`,
  action,
  public_note,
});

const receipt = (more: Partial<Receipt> = {}): Receipt => ({
  region_name: "东风村",
  number: "7KKQ-KS1T",
  kind: "complaint",
  region_code: "230104111204",
  category: "accounts",
  state: "submitted",
  round: 1,
  level: 1,
  light: "green",
  received_at: "2026-11-23T08:02:54+08:00",
  timers: [timer("accept"), timer("handle")],
  events: [event(1, "file")],
  messages: [],
  attachments: [],
  answer: null,
  rating: null,
  about: null,
  declined: null,
  merged_into: null,
  may_publish_answer: false,
  public_answers: [],
  identity_views: [],
  supervised: false,
  allowed_actions: ["message", "withdraw"],
  working_days_left: 15,
  ...more,
});

const shape = (view: Receipt) => timeline(view).map((entry) => `${entry.phase}:${entry.step}`);

test("just handed in: received, then the answer and the rating to come", () => {
  expect(shape(receipt())).toEqual(["now:file", "coming:answer", "coming:rating"]);
  expect(timeline(receipt())[1]).toMatchObject({ dueDate: "2026-12-14" });
});

test("what is happening is the last step; messages and unknown actions are no steps", () => {
  const events = [event(1, "file"), event(2, "accept"), event(3, "message"), event(4, "flown_to_the_moon")];
  expect(shape(receipt({ state: "accepted", events }))).toEqual([
    "done:file",
    "now:accept",
    "coming:answer",
    "coming:rating",
  ]);
});

test("a question back shows its note, and that the villager comes next", () => {
  const events = [event(1, "file"), event(2, "request_supplement", "请写明是哪一段路")];
  const timers = [timer("handle", { paused: true }), timer("supplement", { due_date: "2026-12-01" })];
  const view = receipt({ state: "awaiting_supplement", events, timers });
  expect(shape(view)).toEqual([
    "done:file",
    "now:request_supplement",
    "coming:supplement",
    "coming:answer",
    "coming:rating",
  ]);
  expect(timeline(view)[1]).toMatchObject({ note: "请写明是哪一段路" });
  expect(timeline(view)[2]).toMatchObject({ dueDate: "2026-12-01" });
});

test("answered: rating is what comes; closed: nothing does", () => {
  const events = [event(1, "file"), event(2, "approve")];
  expect(shape(receipt({ state: "answered", events }))).toEqual([
    "done:file",
    "now:approve",
    "coming:rating",
    "coming:close",
  ]);
  const closed = [...events, event(3, "rate")];
  expect(shape(receipt({ state: "closed", events: closed }))).toEqual([
    "done:file",
    "done:approve",
    "done:rate",
  ]);
});

test("the promise is that of the last round", () => {
  const timers = [
    timer("handle", { stopped_at: "2026-12-01T09:00:00+08:00" }),
    timer("rework", { round: 2 }),
  ];
  expect(promised(receipt({ timers }))?.stage).toBe("rework");
});

test("time left: in time, then soon, then late, and none once answered", () => {
  const at = (instant: string) => Date.parse(instant);
  const early = dueOf(receipt(), at("2026-11-23T09:00:00+08:00"));
  expect(early).toMatchObject({ urgency: "in_time", left: 15, date: "2026-12-14" });
  expect(early?.passed).toBeLessThan(0.01);
  expect(dueOf(receipt({ working_days_left: 3 }), at("2026-12-09T09:00:00+08:00"))?.urgency).toBe("in_time");
  expect(dueOf(receipt({ working_days_left: 2 }), at("2026-12-10T09:00:00+08:00"))?.urgency).toBe("soon");
  const late = dueOf(receipt({ working_days_left: -1 }), at("2026-12-15T09:00:00+08:00"));
  expect(late).toMatchObject({ urgency: "late", passed: 1 });
  const breached = receipt({ timers: [timer("handle", { breached: true })] });
  expect(dueOf(breached, at("2026-11-24T09:00:00+08:00"))?.urgency).toBe("late");
  expect(dueOf(receipt({ working_days_left: null }), at("2026-11-24T09:00:00+08:00"))).toBeNull();
});

test("three working days turn soon on the last of them", () => {
  const short = timer("handle", { due_at: "2026-11-27T00:00:00+08:00", due_date: "2026-11-26" });
  const view = (left: number) => receipt({ timers: [short], working_days_left: left });
  expect(dueOf(view(1), Date.parse("2026-11-25T09:00:00+08:00"))?.urgency).toBe("in_time");
  expect(dueOf(view(0), Date.parse("2026-11-26T09:00:00+08:00"))?.urgency).toBe("soon");
});

test("dissatisfied ratings are those after which the case went on", () => {
  expect(
    dissatisfiedSoFar(receipt({ state: "answered", events: [event(1, "file"), event(2, "approve")] })),
  ).toBe(0);
  const again = [event(1, "file"), event(2, "approve"), event(3, "rate"), event(4, "approve")];
  expect(dissatisfiedSoFar(receipt({ state: "answered", events: again }))).toBe(1);
  expect(dissatisfiedSoFar(receipt({ state: "handling", events: again.slice(0, 3) }))).toBe(1);
  const closed = [event(1, "file"), event(2, "approve"), event(3, "rate")];
  expect(dissatisfiedSoFar(receipt({ state: "closed", events: closed }))).toBe(0);
  const disputed = [...closed, event(4, "dispute")];
  expect(dissatisfiedSoFar(receipt({ state: "accepted", events: disputed }))).toBe(0);
  expect(shape(receipt({ state: "handling", events: again.slice(0, 3) }))[2]).toBe("now:rate_again");
});

test("every action of the contract that a villager may read of is a step", () => {
  // Between staff, or shown in places of their own.
  const looks = [
    "reveal_identity",
    "identity_read",
    "reissue_receipt",
    "receipt_reissued",
    "reissue_refused",
  ];
  const elsewhere = ["assign", "note", "message", "acknowledge", ...looks];
  const unknown = Object.keys(actions).filter(
    (action) => !isStep(action) && !elsewhere.includes(action) && !/^(propose|refuse)_/.test(action),
  );
  expect(unknown).toEqual([]);
});

test("of a joined case its followers read what the unit did, not what its writer said", () => {
  const events = [
    event(1, "file"),
    event(2, "request_supplement", "请写明是哪一段路"),
    event(3, "supplement"),
    event(4, "accept"),
    event(5, "extend", "等供电所的单子"),
    event(6, "rate"),
  ];
  expect(worked(events).map(({ step, note }) => [step, note])).toEqual([
    ["accept", null],
    ["extend", "等供电所的单子"],
  ]);
});

test("why one may not disagree here any more", () => {
  const answer = { facts: "", basis: "", result: "explained", remedy: "", answered_at: "" } as const;
  const closed: Partial<Receipt> = { state: "closed", answer, allowed_actions: [] };
  expect(disputeGone(receipt())).toBeNull();
  expect(disputeGone(receipt({ ...closed, allowed_actions: ["dispute"] }))).toBeNull();
  expect(disputeGone(receipt(closed))).toBe("late");
  expect(disputeGone(receipt({ ...closed, level: 3 }))).toBe("top");
  expect(disputeGone(receipt({ ...closed, level: 3, events: [event(1, "dispute")] }))).toBe("used");
  expect(disputeGone(receipt({ state: "declined", allowed_actions: ["dispute"] }))).toBeNull();
  expect(disputeGone(receipt({ state: "withdrawn", allowed_actions: [] }))).toBe("late");
});
