// What has to be true afterwards, whatever happened (`I1` to `I4`, `I6` and `I7` of the reliability plan). Each function
// refuses with the first filings or cases that break it, and answers with what it looked at.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { api } from "./api.mjs";
import { TOWNSHIP } from "./load.mjs";
import { SOAK, until } from "./private.mjs";

export { ladderIsWhole } from "./ladder.mjs";

/** @typedef {import("./house.mjs").House} House */
/** @typedef {import("./journal.mjs").Journal} Journal */

/** Requests at once while the house is looked through. */
const ABREAST = 8;
/** Of filings that are alike, as many as stand for the rest where each costs a request of its own. */
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
  // What never left the client cannot be there; in the short form some of it stands for the rest.
  const left = journal.unacknowledged().filter((filing) => filing.left !== false);
  const stayed = journal.unacknowledged().filter((filing) => filing.left === false);
  const filings = [...left, ...(SOAK ? stayed : stayed.slice(0, SAMPLE))];
  const before = await kept(house);
  const stray = filings.filter(({ body }) => (before.get(body.text)?.length ?? 0) > 1);
  assert.deepEqual(stray.slice(0, 5), [], "I2: filings without an answer are there more than once");
  // `unavailable` says that nothing was kept; where nobody knows, the answer is `outcome_unknown`.
  const denied = filings.filter(({ code, body }) => code === "unavailable" && before.has(body.text));
  assert.deepEqual(denied.slice(0, 5), [], "I2: people were told that nothing was kept, and it was");
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

/**
 * I6: every row of the audit has its link in one chain, and every link its row.
 * @param {House} house
 */
export async function auditIsWhole(house) {
  const verified = async () => (await house.programs[0]?.command("verify", "audit")) ?? "no program";
  // A row that was written by a clock which was behind looks old before its turn has come: it has a moment to be linked.
  const said = await until(
    "the audit is linked",
    () =>
      verified().catch((/** @type {Error} */ error) => {
        if (!/first at unlinked/.test(error.message)) throw error;
        return null;
      }),
    { patience: 15_000, pause: 500 },
  );
  const [, linked] = said.match(/^audit: (\d+) rows linked, \d+ waiting; head [0-9a-f]{64}$/m) ?? [];
  assert.ok(linked !== undefined, `I6: ${said}`);
  return Number(linked);
}

/** I1, I2, I6 and I7, in the order that leaves nothing out; a line for the report. @param {House} house @param {Journal} journal */
export async function nothingLost(house, journal) {
  const acknowledged = await acknowledgedArePresent(house, journal);
  const { filings, kept } = await unacknowledgedAreWhole(house, journal);
  const files = nothingLeaked(house, journal);
  const linked = await auditIsWhole(house);
  return `${acknowledged} acknowledged are there once; ${filings} without an answer (${kept} were kept) became one each; ${files} logs and letters hold nothing; ${linked} audit rows are one chain`;
}
