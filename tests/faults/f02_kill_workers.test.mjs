// F2: of two workers, then of four, one at random is killed again and again while hundreds of clocks come due. What
// it had in hand comes back to the others when its lease has run out, and nothing happens twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { Load } from "./lib/load.mjs";
import { sleep, until } from "./lib/private.mjs";
import { between, inHouse, rounds } from "./lib/scene.mjs";

const KILLS = rounds(5, 100);
const FILINGS = rounds(120, 500);
/**
 * Wall seconds after which a step is too late when the last worker has been killed: the lease, and a little. In the long
 * form clocks come due all the while, and one can fall to a worker that is killed three times over, each time with its
 * lease to run out.
 */
const LATE = rounds(75, 200);
/** A day a second: the ladder of an untouched case reaches the city within ten. In the long form an hour and a half, so
 * that clocks come due as long as workers are killed. */
const SPEED = rounds(86_400, 5_760);

/** Filings whose acceptance has not climbed up to the city. */
const WAITING = `SELECT count(*) AS waiting FROM complaints c WHERE text LIKE '%canary-%' AND NOT EXISTS
  (SELECT 1 FROM escalations e WHERE e.complaint_id = c.id AND e.stage = 'accept' AND e.step = 'city')`;

/** @type {{ workers: number, engine: import("./lib/house.mjs").Engine, redis: boolean }[]} */
const HOUSES = [
  { workers: 2, engine: "sqlite", redis: false },
  { workers: 4, engine: "postgres", redis: true },
];

for (const { workers, engine, redis } of HOUSES) {
  const queue = redis ? "Redis" : "no Redis";
  test(`F2 ${engine} and ${queue}: one of ${workers} workers killed ${KILLS} times`, async (t) => {
    await inHouse({ engine, redis, speed: SPEED }, async (house) => {
      const crew = await Promise.all(
        Array.from({ length: workers }, () => house.program({ role: "worker" })),
      );
      const front = await house.program({ role: "api" });
      for (const program of [...crew, front]) await program.begin();
      const journal = new Journal();
      const load = new Load({ writers: 10, port: () => front.port, journal, pause: 50 });
      await until("enough was filed", () => load.acknowledged >= FILINGS);
      await load.stop();
      const began = performance.now();
      for (let kill = 0; kill < KILLS; kill += 1) {
        await sleep(between(200, 3_000));
        const program = crew[Math.floor(Math.random() * crew.length)];
        await program?.kill();
        await program?.begin();
      }
      // The few kills of the short form come one after the other, on a busy machine over a minute or more; what was
      // leased during them comes back when they are over.
      const late = LATE + rounds(Math.ceil((performance.now() - began) / 1_000), 0);
      await until(
        "every ladder has been climbed",
        async () => (await house.query(WAITING))[0].waiting === 0,
        {
          patience: (late + 30) * 1_000,
          pause: 500,
        },
      );
      const { steps, latest } = await ladderIsWhole(house, { late });
      t.diagnostic(`${load}; ${steps} steps of the ladder, each once, the latest ${latest} s after its time`);
      assert.ok(steps >= FILINGS * 4, `only ${steps} steps: nothing was tested`);
      t.diagnostic(await nothingLost(house, journal));
    });
  });
}
