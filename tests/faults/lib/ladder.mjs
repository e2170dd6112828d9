// I3 and I4: what the worker owes the filings that nobody touched, held against every trace that a step leaves. The
// primary key keeps one row for each step; what it cannot keep is that the letters, the history, the audit and the
// clock tell the same story, and that the story is on time.
import assert from "node:assert/strict";
import { api } from "./api.mjs";

/** @typedef {import("./house.mjs").House} House */

/** The steps of the ladder, in their order, with the letters they write. */
const STEPS = ["remind", "warn", "red", "county", "city"];
/** Those with which the case itself goes up. */
const CLIMBS = ["county", "city"];
/** @type {Record<string, string>} */
const LETTERS = { remind: "remind", warn: "warn", red: "red", county: "climbed", city: "climbed" };

/** Failures, and times in hand without a word, after which the worker leaves a timer alone. */
const [ATTEMPTS, CLAIMS] = [5, 30];

/**
 * I3 and I4 for the filings that nobody touched since: of each case, stage and round the steps that have come due
 * (and no others) were taken once, in order, never before they were due and not much later; each wrote its letters
 * once, its line of the history once, its line of the audit once.
 * @param {House} house
 * @param {{ late: number, leap?: number, now?: string }} limits `late`: wall seconds after the due time
 *   within which a step has to be taken; `leap`: wall seconds that the clock of who fires has skipped, all its marks
 *   among them; `now`: case time (RFC 3339), else the house is asked
 */
export async function ladderIsWhole(house, { late, leap = 0, now }) {
  const at = now ?? (await api(house.front.port, "GET", "/time")).body.case_time;
  const slack = late * house.speed * 1e6;
  const horizon = Date.parse(at) * 1000 - slack;
  const rows = await lookAt(house);
  const { timers, steps } = rows;
  const of = (/** @type {any} */ row) => `${row.complaint_id} ${row.stage} ${row.round}`;
  /** @type {string[]} */
  const broken = [];
  for (const timer of timers) {
    if (timer.attempts >= ATTEMPTS || timer.claims >= CLAIMS) broken.push(`${of(timer)}: dead`);
    if (timer.next_at !== null && Number(timer.next_at) < horizon)
      broken.push(
        `${of(timer)}: ${timer.next_step} was due ${seconds(house, horizon + slack - timer.next_at)} s ago and did not come`,
      );
  }
  const clocksOf = new Map(timers.map((timer) => [of(timer), timer]));
  const clocks = groupBy(steps, of);
  let worst = 0;
  for (const [name, taken] of clocks) {
    const order = taken.map((/** @type {any} */ step) => STEPS.indexOf(step.step));
    const rising = order.every(
      (/** @type {number} */ step, /** @type {number} */ index) => index === 0 || step > order[index - 1],
    );
    if (!rising)
      broken.push(
        `${name}: steps out of order: ${taken.map((/** @type {any} */ step) => `${step.step} due ${step.due_at} fired ${step.fired_at}`)}`,
      );
    const timer = clocksOf.get(name);
    const body = JSON.parse(timer?.body ?? "{}");
    const fired = STEPS.indexOf(body.fired);
    const expected = STEPS.slice(0, fired + 1).filter(
      (step) => step !== "remind" || (body.blue_at && body.blue_at <= body.yellow_at),
    );
    const names = taken.map((/** @type {any} */ step) => step.step);
    // An organ above that did not acknowledge brings the next step early; the clock keeps its own, later date for it.
    const early = taken.slice(expected.length);
    const brought = early.every(
      (/** @type {any} */ step) => CLIMBS.includes(step.step) && Number(step.due_at) < Number(timer?.next_at),
    );
    if (brought) expected.push(...early.map((/** @type {any} */ step) => step.step));
    if (String(names) !== String(expected))
      broken.push(`${name}: the clock says ${expected}, the rows say ${names}`);
    for (const step of taken) {
      const behind = Number(step.fired_at) - Number(step.due_at);
      worst = Math.max(worst, behind);
      if (behind < 0) broken.push(`${name}: ${step.step} came ${seconds(house, -behind)} s early`);
      if (behind > slack + leap * house.speed * 1e6)
        broken.push(`${name}: ${step.step} came ${seconds(house, behind)} s late`);
    }
  }
  // A clock without any row: its first step must still lie ahead, which `next_at` above has shown.
  broken.push(...effectsAreSingle(rows));
  assert.deepEqual(broken.slice(0, 8), [], `I3, I4: ${broken.length} faults in ${steps.length} steps`);
  return { steps: steps.length, latest: seconds(house, worst) };
}

/** Wall seconds of case microseconds. @param {House} house @param {number} micros */
const seconds = (house, micros) => Math.round(micros / 1e4 / house.speed) / 100;

/** @template T @param {T[]} list @param {(one: T) => string} name @returns {Map<string, T[]>} */
function groupBy(list, name) {
  const groups = new Map();
  for (const one of list) {
    const group = groups.get(name(one));
    if (group === undefined) groups.set(name(one), [one]);
    else group.push(one);
  }
  return groups;
}

/** Everything about the ladders of the filings, of one moment. @param {House} house */
function lookAt(house) {
  const mine = "SELECT id FROM complaints WHERE text LIKE '%canary-%'";
  const templates = [...new Set(Object.values(LETTERS))].map((one) => `'${one}'`).join(", ");
  return house.snapshot({
    timers: `SELECT complaint_id, stage, round, attempts, claims, next_at, next_step, body FROM timers WHERE complaint_id IN (${mine})`,
    steps: `SELECT * FROM escalations WHERE complaint_id IN (${mine}) ORDER BY complaint_id, stage, round, fired_at, due_at`,
    cases: "SELECT id, number FROM complaints WHERE text LIKE '%canary-%'",
    letters: `SELECT staff_id, template, params, created_at FROM outbox WHERE template IN (${templates})`,
    audit: `SELECT object_id, action FROM audit WHERE actor = 'timer' AND object_id IN (${mine})`,
    events: `SELECT complaint_id, action FROM complaint_events WHERE actor = 'timer' AND action IN ('overdue', 'escalate') AND complaint_id IN (${mine})`,
  });
}

/**
 * Letters, history and audit of steps: one for each step that was taken, none for a step that was not.
 * @param {Record<"steps" | "cases" | "letters" | "audit" | "events", any[]>} rows
 */
function effectsAreSingle({ steps, cases, letters, audit, events }) {
  const ids = new Map(cases.map(({ id, number }) => [number, id]));
  /** @type {string[]} */
  const broken = [];
  const written = groupBy(
    letters.flatMap((letter) => {
      const id = ids.get(JSON.parse(letter.params).number);
      return id === undefined ? [] : [{ ...letter, id }];
    }),
    (letter) => `${letter.id} ${letter.template} ${letter.created_at}`,
  );
  for (const step of steps) {
    const name = `${step.complaint_id} ${LETTERS[step.step]} ${step.fired_at}`;
    const people = written.get(name)?.map((letter) => letter.staff_id) ?? [];
    if (people.length === 0) broken.push(`${name}: no letter`);
    if (new Set(people).size !== people.length) broken.push(`${name}: somebody got ${people.length} letters`);
    written.delete(name);
  }
  for (const name of written.keys()) broken.push(`${name}: letters of a step that was not taken`);
  const compare = (
    /** @type {string} */ what,
    /** @type {Map<string, any[]>} */ wanted,
    /** @type {Map<string, any[]>} */ found,
  ) => {
    for (const name of new Set([...wanted.keys(), ...found.keys()])) {
      const [should, is] = [wanted.get(name)?.length ?? 0, found.get(name)?.length ?? 0];
      if (should !== is) broken.push(`${name}: ${should} steps, ${is} lines of the ${what}`);
    }
  };
  compare(
    "audit",
    groupBy(steps, (step) => `${step.complaint_id} ${step.step}`),
    groupBy(
      audit.filter(({ action }) => STEPS.includes(action)),
      (line) => `${line.object_id} ${line.action}`,
    ),
  );
  const told = steps.filter(({ step }) => step !== "remind" && step !== "warn");
  compare(
    "history",
    groupBy(told, (step) => `${step.complaint_id} ${step.step === "red" ? "overdue" : "escalate"}`),
    groupBy(events, (event) => `${event.complaint_id} ${event.action}`),
  );
  return broken;
}
