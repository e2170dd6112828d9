// F22: two processes, each with everything, and a worker beside them share one SQLite file under load. Writers of three
// processes take turns at the file: nothing is lost, nothing is there twice, also not what is sent to both at once with
// one key, and nobody hears that a database is locked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api } from "./lib/api.mjs";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { filing, Load } from "./lib/load.mjs";
import { until } from "./lib/private.mjs";
import { inHouse, rounds } from "./lib/scene.mjs";

const SECONDS = rounds(5, 180);
const WRITERS = rounds(4, 30);
const TWINS = rounds(20, 300);
const SPEED = rounds(130_000, 10_000);
const LATE = rounds(150, 75);
/** The share of filings that may be told to come back. */
const TURNED_AWAY = 0.01;

/** Sends the same to both processes at once; they give the same answer, and one of them says that it had it already. @param {number[]} ports @param {Journal} journal */
async function twins(ports, journal) {
  const { key, body, canary, secrets } = filing();
  await journal.note({ key, body, canary, secrets, sent: Date.now() });
  const headers = { "idempotency-key": key };
  const answers = await Promise.all(ports.map((port) => api(port, "POST", "/complaints", { body, headers })));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201],
    answers.map(({ text }) => text).join(),
  );
  const [one, other] = answers;
  assert.deepEqual(one?.body, other?.body, "two answers to one filing");
  const replays = answers.filter((answer) => answer.headers["idempotent-replay"] === "true");
  assert.equal(replays.length, 1, "one of them had it already");
  const { number, receipt_code: receipt, ...view } = one?.body ?? {};
  await journal.note({ key, answered: Date.now(), status: 201, number, receipt, view });
}

/** Steps that the worker of a process took. @param {import("./lib/program.mjs").Program} program */
async function firedBy(program) {
  const { text } = await api(program.port, "GET", "//metrics");
  return Number(text.match(/^yidiantong_timers_fired_total (\d+)/m)?.[1] ?? 0);
}

test(`F22: two processes and a worker on one SQLite file for ${SECONDS} s`, async (t) => {
  await inHouse({ engine: "sqlite", speed: SPEED }, async (house) => {
    const doors = [await house.program(), await house.program()];
    const helper = await house.program({ role: "worker" });
    // The first one sets the clock that the others share.
    await doors[0]?.begin();
    await Promise.all([doors[1]?.begin(), helper.begin()]);
    const ports = doors.map(({ port }) => port);
    const journal = new Journal();
    const loads = ports.map((port) => new Load({ writers: WRITERS, port: () => port, journal, pause: 100 }));
    const ends = performance.now() + SECONDS * 1_000;
    for (let twin = 0; twin < TWINS; twin += 1) await twins(ports, journal);
    await until("it is over", () => performance.now() > ends, { patience: SECONDS * 2_000 });
    await Promise.all(loads.map((load) => load.stop()));
    const fired = await until("each process has fired clocks", async () => {
      const clocks = await Promise.all(doors.map(firedBy));
      return clocks.every((each) => each > 0) && clocks;
    });
    const slowest = Math.max(...loads.map((load) => load.slowest));
    t.diagnostic(
      `${loads.join("; and ")}; ${TWINS} sent to both; ${fired} clocks fired; the longest wait ${Math.round(slowest)} ms`,
    );
    for (const { acknowledged, counts, words } of loads) {
      assert.ok(acknowledged > WRITERS * 5, "hardly anything was filed: nothing was tested");
      const others = Object.keys(words).filter((word) => !word.startsWith("503 "));
      assert.deepEqual(others, [], "nothing but a receipt, or 503");
      assert.ok((counts[503] ?? 0) <= acknowledged * TURNED_AWAY, `${counts[503]} were told to come back`);
    }
    const { steps, latest } = await ladderIsWhole(house, { late: LATE });
    t.diagnostic(`${steps} steps of the ladder, each once, the latest ${latest} s after its time`);
    assert.ok(steps > 0, "no clock came due: nothing was tested");
    await helper.kill();
    t.diagnostic(await nothingLost(house, journal));
  });
});
