// F7: PostgreSQL crashes and comes back, or throws every connection out, while people file. In between they are
// told to come back (503 with Retry-After, never a receipt), soon after it they are served again, and nothing that
// was acknowledged is gone. What a worker had in hand meanwhile is done when the database is back, and not only when
// its claim on it has run out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileMany, stepsTaken, untilClimbed } from "./lib/crew.mjs";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { Load } from "./lib/load.mjs";
import { sleep, until } from "./lib/private.mjs";
import { between, inHouse, rounds } from "./lib/scene.mjs";

const CRASHES = rounds(2, 20);
const EVICTIONS = rounds(2, 20);
const WRITERS = 50;
/** Between two filings of a writer, ms: in the long form so long that one worker keeps up with every ladder. */
const PAUSE = rounds(100, 5_000);
/** From PostgreSQL's first connection to the first receipt, ms. */
const RECOVERY = 10_000;
/** Wall seconds after which a step is too late; in the long form the same step may be met by three crashes. */
const LATE = rounds(75, 200);

/** How long until somebody gets a receipt again. @param {Load} load */
async function nextReceipt(load) {
  const [began, had] = [performance.now(), load.acknowledged];
  await until("somebody gets a receipt again", () => load.acknowledged > had, { patience: RECOVERY * 3 });
  return performance.now() - began;
}

test(`F7: PostgreSQL crashes ${CRASHES} times and evicts everybody ${EVICTIONS} times`, async (t) => {
  await inHouse({ engine: "postgres", speed: rounds(43_200, 1_800) }, async (house) => {
    const program = await house.program();
    await program.begin();
    const journal = new Journal();
    const load = new Load({ writers: WRITERS, port: () => program.port, journal, pause: PAUSE });
    let slowest = 0;
    for (let crash = 0; crash < CRASHES; crash += 1) {
      await sleep(between(500, 2_000));
      await house.postgres?.restart("immediate");
      slowest = Math.max(slowest, await nextReceipt(load));
    }
    for (let eviction = 0; eviction < EVICTIONS; eviction += 1) {
      await sleep(between(200, 1_000));
      await house.postgres?.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL",
      );
      slowest = Math.max(slowest, await nextReceipt(load));
    }
    await load.stop();
    t.diagnostic(`${load}; a receipt again after ${Math.round(slowest)} ms at most`);
    assert.ok(program.isAlive, "the program did not live through it");
    assert.ok((load.counts[503] ?? 0) > 0, "nobody met the database away: nothing was tested");
    assert.ok(slowest <= RECOVERY, `the first receipt came after ${slowest} ms`);
    const others = Object.keys(load.words).filter((word) => !word.startsWith("503 "));
    assert.deepEqual(others, [], "while the database is away the answer is 503");
    assert.equal(load.withoutRetryAfter, 0, "a 503 says when to come back");
    t.diagnostic(await nothingLost(house, journal));
    const { steps, latest } = await ladderIsWhole(house, { late: LATE });
    t.diagnostic(`${steps} steps of the ladder, each once, the latest ${latest} s after its time`);
  });
});

/** Cases whose clocks come to their marks when the database goes. */
const CASES = 20;
/** From PostgreSQL's first connection until nothing is held by a claim from before, ms; it would last 60 seconds. */
const RELEASE = 15_000;

test(`F7: PostgreSQL crashes while a worker has clocks in hand`, async (t) => {
  // Two days a second: all have climbed within five.
  await inHouse({ engine: "postgres", speed: 172_800 }, async (house) => {
    const { postgres } = house;
    assert.ok(postgres, "this house has no PostgreSQL");
    const program = await house.program();
    await program.begin();
    const journal = new Journal();
    await fileMany(program.port, journal, CASES);
    await until("the ladder has begun", async () => (await stepsTaken(house)) > 0);
    // Nobody can write a step while somebody else has the table: what is claimed stays in hand.
    const database = new URL(house.databaseUrl).pathname.slice(1);
    const keeper = postgres.sql(
      "BEGIN; LOCK TABLE escalations IN EXCLUSIVE MODE; SELECT pg_sleep(600);",
      database,
    );
    const crashed = assert.rejects(keeper, "the table was let go before the crash");
    const inHand = async (/** @type {number} */ last) => {
      const now = Date.now() * 1_000;
      const [claims] = await house.query(
        `SELECT count(*) AS count, max(claimed_until) AS last FROM timers
         WHERE claimed_until > ${now} AND claimed_until <= ${last}`,
      );
      return claims;
    };
    await until(
      "a worker has clocks in hand",
      async () => (await inHand(Number.MAX_SAFE_INTEGER)).count >= 5,
    );
    await sleep(500);
    const { last } = await inHand(Number.MAX_SAFE_INTEGER);
    await postgres.stop("immediate");
    await crashed;
    // So long that what failed could not be put off either.
    await sleep(4_000);
    await postgres.begin();
    const began = performance.now();
    const free = async () => Number((await inHand(last)).count) === 0;
    await until("nothing is held by a claim from before the crash", free, { patience: RELEASE });
    t.diagnostic(`free after ${Math.round(performance.now() - began)} ms`);
    await untilClimbed(house, 60);
    t.diagnostic(await nothingLost(house, journal));
    const { steps, latest } = await ladderIsWhole(house, { late: LATE });
    t.diagnostic(`${steps} steps of the ladder, each once, the latest ${latest} s after its time`);
  });
});
