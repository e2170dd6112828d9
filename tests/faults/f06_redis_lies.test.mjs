// F6: Redis says what is not true. It comes back from an older snapshot, twice: in the middle of the ladders and after
// them, so that it names what was done long ago and forgets what is to come. It drops nothing by itself. It is full of
// somebody else's keys and takes nothing more. It is never the truth, so each step is still taken once, and on time.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fileMany,
  queued,
  sendHome,
  staffed,
  stepsTaken,
  untilAllSay,
  untilClimbed,
  untilDealtWith,
} from "./lib/crew.mjs";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { until } from "./lib/private.mjs";
import { inHouse, rounds } from "./lib/scene.mjs";

const FILINGS = rounds(20, 300);
/** Case seconds in a wall second: a ladder in some 5 s, or in two minutes. */
const SPEED = rounds(200_000, 8_640);
/** Filings while it is full, and when there is room again. */
const MORE = 8;
/** Here it counts that nothing comes twice; what a busy machine is late by in the short form says nothing. */
const LATE = rounds(150, 15);
const PATIENCE = (15 * 86_400) / SPEED + 120;
/** What others put into Redis: twice what it may hold. */
const [FOREIGN_KEYS, FOREIGN] = [32, "x".repeat(65_536)];

test("F6: Redis goes back to an old snapshot, twice, and expires nothing by itself", async (t) => {
  const options = ["--enable-debug-command", "yes"];
  await inHouse({ engine: "postgres", redis: options, speed: SPEED }, async (house) => {
    const { redis } = house;
    assert.ok(redis);
    const { crew, front } = await staffed(house, 2);
    const still = async () => assert.equal(await redis.cli("DEBUG", "SET-ACTIVE-EXPIRE", "0"), "OK");
    await still();
    const journal = new Journal();
    await fileMany(front.port, journal, FILINGS);
    await until("the queue knows the filings", async () => (await queued(house)).size >= FILINGS);
    const kept = await redis.keep();
    const before = await queued(house);
    await until("half of the steps are taken", async () => (await stepsTaken(house)) >= FILINGS * 2);
    const midway = await stepsTaken(house);
    await redis.travel(kept);
    await still();
    await untilAllSay(crew, "back");
    await untilClimbed(house, PATIENCE);
    const { steps, latest } = await ladderIsWhole(house, { late: LATE });
    await redis.travel(kept);
    await still();
    const again = [...(await queued(house))].filter(([id, due]) => before.get(id) === due).length;
    await untilAllSay(crew, "back");
    await untilDealtWith(house, before);
    await ladderIsWhole(house, { late: LATE });
    await sendHome(crew);
    t.diagnostic(
      `back with ${before.size} ids at ${midway} of ${steps} steps and with ${again} after them; each step once, the latest ${latest} s after its time`,
    );
    assert.ok(midway < steps && steps >= FILINGS * 4, `${midway} of ${steps} steps: nothing was tested`);
    t.diagnostic(await nothingLost(house, journal));
  });
});

test("F6: Redis is full of other people's keys", async (t) => {
  await inHouse({ engine: "postgres", redis: true, speed: SPEED }, async (house) => {
    const { redis } = house;
    assert.ok(redis);
    const { crew, front } = await staffed(house, 2);
    const journal = new Journal();
    await fileMany(front.port, journal, FILINGS);
    await until("the queue knows the filings", async () => (await queued(house)).size >= FILINGS);
    const put = (/** @type {number} */ key) => redis.cli("SET", `somebody:${key}`, FOREIGN);
    for (let key = 0; key < FOREIGN_KEYS; key += 1) assert.equal(await put(key), "OK");
    await redis.cli("CONFIG", "SET", "maxmemory-policy", "noeviction");
    await redis.cli("CONFIG", "SET", "maxmemory", "1mb");
    const isFull = async () => (await put(FOREIGN_KEYS)).includes("OOM");
    assert.ok(await isFull(), "there is room: nothing would be tested");
    const held = (await queued(house)).size;
    await fileMany(front.port, journal, MORE);
    await untilClimbed(house, PATIENCE);
    const { steps, latest } = await ladderIsWhole(house, { late: LATE });
    t.diagnostic(
      `full, beside ${held} ids of ours; ${steps} steps, each once, the latest ${latest} s after its time`,
    );
    assert.ok(steps >= FILINGS * 4, `only ${steps} steps: nothing was tested`);
    assert.ok(await isFull(), "there was room again: nothing was tested");
    await redis.cli("CONFIG", "SET", "maxmemory", "0");
    // Nobody of them could lease an id; with room again they are handed out, and new ones are kept.
    assert.ok(
      crew.some(({ said }) => said.includes("OOM")),
      "no worker met it: nothing was tested",
    );
    await untilAllSay(crew, "back");
    await fileMany(front.port, journal, MORE);
    await until("the queue is fed again", async () => (await queued(house)).size >= MORE);
    await sendHome(crew);
    t.diagnostic(await nothingLost(house, journal));
  });
});
