// What has to be true afterwards, whatever happened (`I1` to `I4` and `I7` of the reliability plan). Each function
// refuses with the first filings or cases that break it, and answers with what it looked at.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { api } from "./api.mjs";
import { TOWNSHIP } from "./load.mjs";

/** @typedef {import("./house.mjs").House} House */
/** @typedef {import("./journal.mjs").Journal} Journal */

/** Requests at once while the house is looked through. */
const ABREAST = 8;
/** Filings whose whole text is read through the staff's own view; the others' is compared in the database. */
const SAMPLE = 20;

/** @template T @param {T[]} list @param {(one: T) => Promise<void>} work */
async function each(list, work) {
  const rest = [...list];
  await Promise.all(
    Array.from({ length: ABREAST }, async () => {
      for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one);
    }),
  );
}

/** The filings of the journal in the database, by their text. @param {House} house */
async function kept(house) {
  const rows = await house.query("SELECT number, text FROM complaints WHERE text LIKE '%canary-%'");
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const { number, text } of rows) found.set(text, [...(found.get(text) ?? []), number]);
  return found;
}

/** Every case of the township as its triage sees the list, page after page. @param {House} house */
async function staffList(house) {
  /** @type {Map<string, { times: number, id: string }>} */
  const seen = new Map();
  for (let cursor = ""; ; ) {
    const page = await house.as(
      "demo_triage",
      "GET",
      `/admin/complaints?region=${TOWNSHIP}&limit=100${cursor}`,
    );
    assert.equal(page.status, 200, page.text);
    for (const { number, id } of page.body.items)
      seen.set(number, { times: (seen.get(number)?.times ?? 0) + 1, id });
    if (page.body.next_cursor === null) return seen;
    cursor = `&cursor=${encodeURIComponent(page.body.next_cursor)}`;
  }
}

/**
 * I1: what was acknowledged is there exactly once, as it was sent: by its receipt, in the staff's list, and in
 * the database.
 * @param {House} house @param {Journal} journal
 */
export async function acknowledgedArePresent(house, journal) {
  const filings = journal.acknowledged();
  const [rows, listed] = [await kept(house), await staffList(house)];
  /** @type {string[]} */
  const broken = [];
  for (const { number = "", body } of filings) {
    const numbers = rows.get(body.text) ?? [];
    if (numbers.length !== 1 || numbers[0] !== number)
      broken.push(`${number}: in the database ${numbers.length} times`);
    const times = listed.get(number)?.times ?? 0;
    if (times !== 1) broken.push(`${number}: in the staff's list ${times} times`);
  }
  await each(filings, async ({ number, receipt = "", body, view }) => {
    const answer = await api(house.front.port, "GET", "/receipt", { headers: { "x-receipt-code": receipt } });
    const { number: is, kind, region_code, category, received_at } = answer.body ?? {};
    const same = is === number && kind === body.kind && region_code === body.region_code;
    if (answer.status !== 200 || !same || category !== body.category || received_at !== view.received_at)
      broken.push(`${number}: its receipt opens ${answer.status} ${answer.text.slice(0, 120)}`);
  });
  const step = Math.max(1, Math.floor(filings.length / SAMPLE));
  await each(
    filings.filter((_, index) => index % step === 0),
    async ({ number = "", body }) => {
      const answer = await house.as("demo_triage", "GET", `/admin/complaints/${listed.get(number)?.id}`);
      if (answer.body?.text !== body.text)
        broken.push(`${number}: the staff read another text (${answer.status})`);
    },
  );
  assert.deepEqual(
    broken.slice(0, 5),
    [],
    `I1: ${broken.length} of ${filings.length} acknowledged filings are not right`,
  );
  return filings.length;
}

/**
 * I2: what was not acknowledged is there once or not at all, and sending it again with its key makes it exactly
 * one.
 * @param {House} house @param {Journal} journal
 */
export async function unacknowledgedAreWhole(house, journal) {
  const filings = journal.unacknowledged();
  const before = await kept(house);
  const stray = filings.filter(({ body }) => (before.get(body.text)?.length ?? 0) > 1);
  assert.deepEqual(stray.slice(0, 5), [], "I2: filings without an answer are there more than once");
  /** @type {string[]} */
  const broken = [];
  await each(filings, async ({ key, body }) => {
    const was = before.get(body.text)?.[0];
    const answer = await api(house.front.port, "POST", "/complaints", {
      body,
      headers: { "idempotency-key": key },
    });
    const replayed = answer.headers["idempotent-replay"] === "true";
    if (answer.status !== 201) broken.push(`${key}: again ${answer.status} ${answer.text.slice(0, 120)}`);
    else if (replayed !== (was !== undefined) || (was && answer.body.number !== was))
      broken.push(
        `${key}: was ${was ?? "not there"}, again it is ${answer.body.number} (replayed: ${replayed})`,
      );
    await journal.note({
      key,
      status: answer.status,
      number: answer.body?.number,
      receipt: answer.body?.receipt_code,
      view: answer.body,
    });
  });
  assert.deepEqual(
    broken.slice(0, 5),
    [],
    `I2: ${broken.length} of ${filings.length} could not be sent again`,
  );
  const after = await kept(house);
  const wrong = filings.filter(({ body }) => after.get(body.text)?.length !== 1);
  assert.deepEqual(wrong.slice(0, 5), [], "I2: sent again with its key, a filing is not there exactly once");
  return { filings: filings.length, kept: filings.filter(({ body }) => before.has(body.text)).length };
}

/** The steps of the ladder, in their order, with the letters they write. */
const STEPS = ["remind", "warn", "red", "county", "city"];
/** @type {Record<string, string>} */
const LETTERS = { remind: "remind", warn: "warn", red: "red", county: "climbed", city: "climbed" };

/**
 * I3 and I4 for the filings that nobody touched since: of each case, stage and round the steps that have come due
 * (and no others) were taken once, in order, never before they were due and not much later; each wrote its letters
 * once, its line of the history once, its line of the audit once.
 * @param {House} house
 * @param {{ late: number, now?: string, grace?: number }} limits `late`: wall seconds after the due time
 *   within which a step has to be taken; `now`: case time (RFC 3339), else the house is asked
 */
export async function ladderIsWhole(house, { late, now }) {
  const at = now ?? (await api(house.front.port, "GET", "/time")).body.case_time;
  const slack = late * house.speed * 1e6;
  const horizon = Date.parse(at) * 1000 - slack;
  const mine = "SELECT id FROM complaints WHERE text LIKE '%canary-%'";
  const timers = await house.query(
    `SELECT complaint_id, stage, round, attempts, claims, next_at, next_step, body FROM timers WHERE complaint_id IN (${mine})`,
  );
  const steps = await house.query(
    `SELECT * FROM escalations WHERE complaint_id IN (${mine}) ORDER BY complaint_id, stage, round, fired_at, due_at`,
  );
  const of = (/** @type {any} */ row) => `${row.complaint_id} ${row.stage} ${row.round}`;
  /** @type {string[]} */
  const broken = [];
  for (const timer of timers) {
    if (timer.attempts > 0 && timer.attempts >= 5) broken.push(`${of(timer)}: dead`);
    if (timer.next_at !== null && Number(timer.next_at) < horizon)
      broken.push(
        `${of(timer)}: ${timer.next_step} was due ${seconds(house, horizon + slack - timer.next_at)} s ago and did not come`,
      );
  }
  const clocks = Map.groupBy ? Map.groupBy(steps, of) : groupBy(steps, of);
  let worst = 0;
  for (const [name, taken] of clocks) {
    const order = taken.map((/** @type {any} */ step) => STEPS.indexOf(step.step));
    const rising = order.every(
      (/** @type {number} */ step, /** @type {number} */ index) => index === 0 || step > order[index - 1],
    );
    if (!rising)
      broken.push(`${name}: steps out of order: ${taken.map((/** @type {any} */ step) => step.step)}`);
    const timer = timers.find((one) => of(one) === name);
    const body = JSON.parse(timer?.body ?? "{}");
    const fired = STEPS.indexOf(body.fired);
    const expected = STEPS.slice(0, fired + 1).filter(
      (step) => step !== "remind" || (body.blue_at && body.blue_at <= body.yellow_at),
    );
    const names = taken.map((/** @type {any} */ step) => step.step);
    if (String(names) !== String(expected))
      broken.push(`${name}: the clock says ${expected}, the rows say ${names}`);
    for (const step of taken) {
      const behind = Number(step.fired_at) - Number(step.due_at);
      worst = Math.max(worst, behind);
      if (behind < 0) broken.push(`${name}: ${step.step} came ${seconds(house, -behind)} s early`);
      if (behind > slack) broken.push(`${name}: ${step.step} came ${seconds(house, behind)} s late`);
    }
  }
  // A clock without any row: its first step must still lie ahead, which `next_at` above has shown.
  broken.push(...(await effectsAreSingle(house, mine, steps)));
  assert.deepEqual(broken.slice(0, 8), [], `I3, I4: ${broken.length} faults in ${steps.length} steps`);
  return { steps: steps.length, latest: seconds(house, worst) };
}

/** Wall seconds of case microseconds. @param {House} house @param {number} micros */
const seconds = (house, micros) => Math.round(micros / 1e4 / house.speed) / 100;

/** @template T @param {T[]} list @param {(one: T) => string} name @returns {Map<string, T[]>} */
function groupBy(list, name) {
  const groups = new Map();
  for (const one of list) groups.set(name(one), [...(groups.get(name(one)) ?? []), one]);
  return groups;
}

/**
 * Letters, history and audit of steps: one for each step that was taken, none for a step that was not.
 * @param {House} house @param {string} mine @param {any[]} steps
 */
async function effectsAreSingle(house, mine, steps) {
  const numbers = await house.query("SELECT id, number FROM complaints WHERE text LIKE '%canary-%'");
  const ids = new Map(numbers.map(({ id, number }) => [number, id]));
  const templates = [...new Set(Object.values(LETTERS))].map((one) => `'${one}'`).join(", ");
  const letters = await house.query(
    `SELECT staff_id, template, params, created_at FROM outbox WHERE template IN (${templates})`,
  );
  const audit = await house.query(
    `SELECT object_id, action FROM audit WHERE actor = 'timer' AND object_id IN (${mine})`,
  );
  const events = await house.query(
    `SELECT complaint_id, action FROM complaint_events WHERE actor = 'timer' AND action IN ('overdue', 'escalate') AND complaint_id IN (${mine})`,
  );
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

/**
 * I7: nothing that a villager wrote, is called or holds stands in any log or letter.
 * @param {House} house @param {Journal} journal
 */
export function nothingLeaked(house, journal) {
  const mail = path.join(house.dataDir, "mail");
  const letters = readdirSync(mail).map((name) => path.join(mail, name));
  const files = [...house.logFiles(), ...letters];
  const texts = files.map((file) => [file, readFileSync(file, "utf8")]);
  const whole = texts.map(([, text]) => text).join("\n");
  for (const { secrets, receipt } of journal.filings()) {
    for (const secret of receipt === undefined ? secrets : [...secrets, receipt]) {
      if (!whole.includes(secret)) continue;
      const [file] = texts.find(([, text]) => text.includes(secret)) ?? [];
      assert.fail(`I7: ${path.basename(file ?? "")} holds ${secret.slice(0, 10)}…`);
    }
  }
  return files.length;
}

/** I1, I2 and I7, in the order that leaves nothing out; a line for the report. @param {House} house @param {Journal} journal */
export async function nothingLost(house, journal) {
  const acknowledged = await acknowledgedArePresent(house, journal);
  const { filings, kept } = await unacknowledgedAreWhole(house, journal);
  const files = nothingLeaked(house, journal);
  return `${acknowledged} acknowledged are there once; ${filings} without an answer (${kept} were kept) became one each; ${files} logs and letters hold nothing`;
}
