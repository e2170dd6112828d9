// F15: the row of one clock cannot be read any more. No input is known that makes such a row, so somebody at the
// database makes it. It is given up after five failures of its own, seen by those who run the installation, and nobody
// else's clock is a second later for it. The township's queue shows every other case as always, and these with a mark.
// When the row has been mended, it is set going again, and what it owed is done.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api } from "./lib/api.mjs";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { file, filing, VILLAGE } from "./lib/load.mjs";
import { until } from "./lib/private.mjs";
import { ENGINES, inHouse, rounds } from "./lib/scene.mjs";

/** @typedef {import("./lib/house.mjs").House} House */

const FILINGS = rounds(15, 300);
const POISONED = rounds(2, 30);
/** Failures after which a clock is left alone (`ATTEMPTS` of `api/crates/store/src/timers.rs`). */
const ATTEMPTS = 5;
/** Wall seconds after which another's step is too late; a lease would be longer. */
const LATE = 30;
/** Two days a second: the ladder of an untouched case reaches the city within five seconds. So many cases take fifty,
 * or their steps would fall due faster than a worker can take them. */
const SPEED = rounds(172_800, 17_280);
const STEPS = ["remind", "warn", "red", "county", "city"];

/** Files one that the ladder's own check does not look for. @param {House} house */
async function filesElsewhere(house) {
  const { key, body } = filing();
  const own = { ...body, text: "演示：井盖松了，请派人来看看。", identity: { mode: "anonymous" } };
  const headers = { "idempotency-key": key };
  const answer = await api(house.front.port, "POST", "/complaints", { body: own, headers });
  assert.equal(answer.status, 201, answer.text);
  const [{ id }] = await house.query(`SELECT id FROM complaints WHERE number = '${answer.body.number}'`);
  return { id, receipt: answer.body.receipt_code };
}

/** Everything that stopped, as those who run the installation see it. @param {House} house */
async function stopped(house) {
  const page = await house.as("demo_admin", "GET", "/admin/dead-timers?limit=100");
  assert.equal(page.status, 200, page.text);
  return page.body.items;
}

/**
 * The township's queue is there, page by page: the cases whose clocks cannot be read are marked and show none, and all
 * others are as always.
 * @param {House} house @param {number} sound at least so many others of the village @param {Set<string>} broken by id
 */
async function queueShows(house, sound, broken) {
  let [others, marked] = [0, 0];
  for (let cursor = ""; ; ) {
    const page = await house.as(
      "demo_triage",
      "GET",
      `/admin/complaints?region=${VILLAGE}&limit=10${cursor}`,
    );
    assert.equal(page.status, 200, page.text);
    for (const item of page.body.items) {
      assert.equal(item.clocks_unreadable, broken.has(item.id), `${item.id} is marked wrongly`);
      if (item.clocks_unreadable) {
        marked += 1;
        assert.deepEqual([item.timers, item.light, item.due_at, item.allowed_actions], [[], null, null, []]);
        assert.ok(item.excerpt !== "" && item.number !== "", "nobody can tell which case it is");
      } else {
        others += 1;
        assert.ok(item.timers.length > 0, `${item.id} has no clocks`);
      }
    }
    if (page.body.next_cursor === null) break;
    cursor = `&cursor=${encodeURIComponent(page.body.next_cursor)}`;
  }
  assert.equal(marked, broken.size, "a case whose clock cannot be read is not in the list");
  assert.ok(others >= sound, `${others} other cases are in the list`);
  const counts = await house.as("demo_triage", "GET", `/admin/complaints/counts?region=${VILLAGE}`);
  assert.equal(counts.body?.total, others + marked, counts.text);
}

for (const engine of ENGINES) {
  test(`F15 ${engine}: ${POISONED} of ${FILINGS + POISONED} cases have a clock that nobody can read`, async (t) => {
    await inHouse({ engine, speed: SPEED }, async (house) => {
      const program = await house.program();
      await program.begin();
      const journal = new Journal();
      /** @type {{ id: string, receipt: string }[]} */
      const poisoned = [];
      for (let one = 0; one < FILINGS + POISONED; one += 1) {
        // Among the others, so that they are found due together; and at once, before a clock of theirs has come.
        if (one % 8 === 4 && poisoned.length < POISONED) {
          const made = await filesElsewhere(house);
          // The row keeps its words inside, so that it can be mended whatever it held at this moment.
          await house.execute(`UPDATE timers SET body = '<' || body WHERE complaint_id = '${made.id}'`);
          poisoned.push(made);
        } else assert.equal((await file(program.port, journal)).status, 201);
      }
      const ids = poisoned.map(({ id }) => `'${id}'`).join(", ");

      const clocks = `SELECT complaint_id, attempts, claims, next_at FROM timers WHERE complaint_id IN (${ids}) AND next_at IS NOT NULL`;
      await until(
        "the poisoned clocks are given up",
        async () => {
          const rows = await house.query(clocks);
          // In the long form their pauses pass by themselves.
          if (rounds(true, false))
            await house.execute(
              `UPDATE timers SET claimed_until = 0 WHERE complaint_id IN (${ids}) AND last_error IS NOT NULL`,
            );
          return rows.every(({ attempts }) => attempts >= ATTEMPTS);
        },
        { patience: 180_000, pause: 300 },
      );
      const dead = await stopped(house);
      const given = await house.query(clocks);
      assert.equal(dead.length, given.length, "each clock of the poisoned cases, and no other");
      for (const { id, attempts, last_error } of dead) {
        assert.ok(poisoned.some((one) => one.id === id));
        assert.equal(attempts, ATTEMPTS);
        assert.match(last_error, /timers/, "it says what could not be read");
      }
      // And left alone: nobody takes it in hand any more.
      const before = JSON.stringify(given);

      await until(
        "the others have climbed up to the city",
        async () => {
          const [{ waiting }] = await house.query(
            `SELECT count(*) AS waiting FROM complaints c WHERE text LIKE '%canary-%' AND NOT EXISTS
             (SELECT 1 FROM escalations e WHERE e.complaint_id = c.id AND e.stage = 'accept' AND e.step = 'city')`,
          );
          return waiting === 0;
        },
        { patience: rounds(60_000, 300_000), pause: 200 },
      );
      const { steps, latest } = await ladderIsWhole(house, { late: LATE });
      assert.ok(steps >= FILINGS * 4, `only ${steps} steps: nothing was tested`);
      assert.equal(
        JSON.stringify(await house.query(clocks)),
        before,
        "a stopped clock was taken in hand again",
      );
      const text = (await api(program.port, "GET", "//metrics")).text;
      assert.match(text, new RegExp(`yidiantong_timers_dead ${given.length}(\\.0)?\n`));
      await queueShows(house, FILINGS, new Set(poisoned.map(({ id }) => id)));

      // Mended and set going again: what was owed is done at once, each step once and in its order.
      await house.execute(`UPDATE timers SET body = substr(body, 2) WHERE complaint_id IN (${ids})`);
      for (const { id } of poisoned) {
        const again = await house.as("demo_admin", "POST", `/admin/dead-timers/${id}/retry`);
        assert.equal(again.status, 204, again.text);
      }
      const owed = `SELECT complaint_id, step FROM escalations WHERE stage = 'accept' AND complaint_id IN (${ids}) ORDER BY complaint_id, fired_at, due_at`;
      await until(
        "what they owed is done",
        async () => {
          const rows = await house.query(owed);
          return rows.filter(({ step }) => step === "city").length === POISONED;
        },
        { patience: 180_000 },
      );
      for (const { id, receipt } of poisoned) {
        const taken = (await house.query(owed)).filter((row) => row.complaint_id === id);
        const order = taken.map(({ step }) => STEPS.indexOf(step));
        assert.deepEqual(order, [...new Set(order)].sort(), `steps of ${id}`);
        const opened = await api(program.port, "GET", "/receipt", { headers: { "x-receipt-code": receipt } });
        assert.equal(opened.status, 200, opened.text);
        assert.equal(opened.body.light, "red");
      }
      assert.deepEqual(await stopped(house), []);
      await queueShows(house, FILINGS + POISONED, new Set());
      t.diagnostic(
        `${given.length} clocks of ${POISONED} cases given up after ${ATTEMPTS} and set going again; ${steps} steps of the others, the latest ${latest} s after its time`,
      );
      t.diagnostic(await nothingLost(house, journal));
    });
  });
}
