// F12: somebody sets a machine's clock, for the worker alone and then for the API alone: two hours ahead, four hundred
// days ahead, an hour behind. What fires is judged by the clock of who fires it; nothing fires twice, nothing is taken
// back, nothing that the wrong clock wrote down holds anything up once it is right again. Tokens are worth what their
// times say, whoever logs in anew is let in, and those who run the installation are told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api } from "./lib/api.mjs";
import { MovedClock } from "./lib/clock.mjs";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { file } from "./lib/load.mjs";
import { sleep, until } from "./lib/private.mjs";
import { ENGINES, inHouse, rounds } from "./lib/scene.mjs";

/** @typedef {import("./lib/house.mjs").House} House */
/** @typedef {import("./lib/program.mjs").Program} Program */

const FILINGS = rounds(5, 50);
/** How often the clock goes its way ahead and back, the long form several times. */
const ROUNDS = rounds(1, 10);
const HOUR = 3_600;
const TWO_HOURS = 2 * HOUR;
const YEAR_AND_MORE = 400 * 24 * HOUR;
/** A minute a second: in two hours five days pass, and the first steps of a case come due. */
const SPEED = 60;
/** Wall seconds after which a step is too late, once its time has come by the clock of who fires it. */
const LATE = 60;
/** Nobody waits longer for an answer, ms; who hangs waits without end. */
const SLOWEST = 20_000;
const ALARM =
  /the machine's clock was moved by so many seconds.*count=(-?\d+)|count=(-?\d+).*the machine's clock was moved/;

/** Every step that was taken, one after the other. @param {House} house @returns {Promise<string[]>} */
const steps = async (house) =>
  (await house.query("SELECT * FROM escalations")).map((row) => JSON.stringify(row)).sort();

/** How many filings have taken a step. @param {House} house @param {string} step */
const taken = async (house, step) => {
  const [{ cases }] = await house.query(
    `SELECT count(*) AS cases FROM complaints c JOIN escalations e ON e.complaint_id = c.id
     WHERE c.text LIKE '%canary-%' AND e.stage = 'accept' AND e.step = '${step}'`,
  );
  return cases;
};

/** @param {Program} front @param {Journal} journal @param {number} many */
async function files(front, journal, many) {
  for (let one = 0; one < many; one += 1) {
    const filed = await file(front.port, journal);
    assert.equal(filed.status, 201, filed.text);
    assert.ok(filed.ms < SLOWEST, `an answer took ${filed.ms} ms`);
  }
}

/** How far the clock was moved, by the alarms of the log. @param {Program} program */
const alarms = (program) =>
  program.said.split("\n").flatMap((line) => {
    const found = line.match(ALARM);
    return found === null ? [] : [Number(found[1] ?? found[2])];
  });

/** @param {Program} worker @param {MovedClock} clock @param {number} ahead */
async function moves(worker, clock, ahead) {
  const before = alarms(worker).length;
  clock.set(ahead);
  await until(`the log names a clock moved to ${ahead} s`, () => alarms(worker).length > before);
  const last = alarms(worker).at(-1) ?? 0;
  assert.ok(Math.abs(last - ahead) <= 5, `the log says ${last} s, and it was ${ahead}`);
}

/** Has the login body of an account, by a process's own clock, and what the API says to it. @param {Program} front @param {string} username */
async function logsIn(front, username) {
  const body = JSON.parse(await front.command("demo-login", username));
  const answer = await api(front.port, "POST", "/auth/login", { body, patience: SLOWEST });
  return { ...answer, code: body };
}

/** What a token is worth. @param {Program} front @param {string} token */
async function worth(front, token) {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await api(front.port, "GET", "/admin/complaints?limit=1", { headers, patience: SLOWEST });
  return answer.status === 200 ? "good" : answer.body.code;
}

/** @param {Program} front @param {number} ahead */
async function readiness(front, ahead) {
  const { status, body } = await api(front.port, "GET", "//readyz", { patience: SLOWEST });
  assert.equal(status, 200, "a clock that is wrong keeps nobody from serving");
  assert.ok(
    Math.abs(body.clock_jump_seconds - ahead) <= 5,
    `${body.clock_jump_seconds} s, and it was ${ahead}`,
  );
  const named = body.reasons.some((/** @type {string} */ reason) => reason.includes("clock was moved"));
  assert.equal(named, Math.abs(ahead) > 600, body.reasons.join("; "));
}

/** The clock of the worker alone. @param {House} house @param {Program} worker @param {Program} front @param {MovedClock} clock */
async function workerMoves(house, worker, front, clock) {
  const journal = new Journal();
  let filed = 0;
  const more = async () => {
    await files(front, journal, FILINGS);
    filed += FILINGS;
  };
  const all = async (/** @type {string} */ step) => (await taken(house, step)) === filed;
  for (let round = 0; round < ROUNDS; round += 1) {
    const climbed = await taken(house, "city");
    await more();
    await moves(worker, clock, TWO_HOURS);
    await until("the first steps fire two hours early", () => all("warn"));
    assert.equal(await taken(house, "city"), climbed, "two hours are not enough for the city");
    await more();
    await moves(worker, clock, YEAR_AND_MORE);
    await until("every ladder is climbed", () => all("city"));

    // Back, and behind: what happened stays, and nothing happens a second time.
    await moves(worker, clock, -HOUR);
    const before = await steps(house);
    await more();
    await sleep(2_000);
    assert.deepEqual(await steps(house), before, "steps came or went when the clock went back");
    // Two hours ahead again: the clocks filed meanwhile go as if nothing had been.
    await moves(worker, clock, TWO_HOURS);
    await until("clocks go on", () => all("warn"));
    const after = new Set(await steps(house));
    assert.ok(
      before.every((step) => after.has(step)),
      "a step was taken back",
    );
    await moves(worker, clock, 0);
  }
  assert.ok(worker.isAlive && front.isAlive, "a process went down");
  const ladder = await ladderIsWhole(house, { late: LATE, leap: YEAR_AND_MORE });
  return { ...ladder, journal };
}

/** The clock of the API alone. @param {House} house @param {Program} front @param {MovedClock} clock */
async function apiMoves(house, front, clock) {
  const journal = new Journal();
  const login = async () => {
    const answer = await logsIn(front, "demo_triage2");
    assert.equal(answer.status, 200, `at ${clock.ahead} s: ${answer.text}`);
    const replayed = await api(front.port, "POST", "/auth/login", { body: answer.code });
    assert.deepEqual([replayed.status, replayed.body.code], [401, "totp_used"], "a code works once");
    assert.equal(await worth(front, answer.body.access_token), "good");
    await files(front, journal, FILINGS);
    await readiness(front, clock.ahead);
    return answer.body.access_token;
  };
  const now = await login();
  clock.set(TWO_HOURS);
  assert.equal(await worth(front, now), "token_expired");
  const ahead = await login();
  clock.set(YEAR_AND_MORE);
  assert.equal(await worth(front, ahead), "token_expired");
  const far = await login();
  clock.set(-HOUR);
  for (const token of [now, ahead, far])
    assert.equal(await worth(front, token), "unauthorized", "not valid yet");
  const behind = await login();
  clock.set(0);
  assert.equal(await worth(front, behind), "token_expired");
  assert.equal(await worth(front, far), "unauthorized");
  await files(front, journal, FILINGS);
  await readiness(front, 0);
  // What was filed by any of these clocks can be worked on now.
  const rows = await house.query(
    "SELECT id FROM complaints WHERE text LIKE '%canary-%' ORDER BY received_at",
  );
  const [first, last] = [rows[0], rows.at(-1)];
  for (const { id } of [first, last]) {
    const seen = await house.as("demo_triage", "GET", `/admin/complaints/${id}`);
    assert.equal(seen.status, 200, seen.text);
    const done = await house.as(
      "demo_triage",
      "POST",
      `/admin/complaints/${id}/actions`,
      { action: "accept" },
      {
        "if-match": String(seen.headers.etag),
      },
    );
    assert.equal(done.status, 200, done.text);
  }
  return journal;
}

for (const engine of ENGINES) {
  test(`F12 ${engine}: the clock two hours and 400 days ahead, and an hour behind`, async (t) => {
    await inHouse({ engine, redis: engine === "postgres", speed: SPEED }, async (house) => {
      const [clock, own] = [new MovedClock(), new MovedClock()];
      const worker = await house.program({ role: "worker", env: clock.env });
      const front = await house.program({ role: "api", env: own.env });
      await worker.begin();
      await front.begin();
      const { steps, journal } = await workerMoves(house, worker, front, clock);
      assert.ok(steps >= FILINGS * ROUNDS * 11, `only ${steps} steps: nothing was tested`);
      t.diagnostic(`the worker's clock: ${steps} steps of the ladder, each once, none taken back`);
      t.diagnostic(await nothingLost(house, journal));
      const filed = await apiMoves(house, front, own);
      t.diagnostic("the API's clock: every login was let in, every code once, every token by its times");
      t.diagnostic(await nothingLost(house, filed));
      assert.ok(worker.isAlive && front.isAlive, "a process went down");
    });
  });
}
