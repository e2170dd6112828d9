// A house at work on clocks: a process that listens, workers beside it, filings whose ladders come due, and the queue
// in Redis that feeds the workers, as an operator would look at it.
import assert from "node:assert/strict";
import { api, connections } from "./api.mjs";
import { file } from "./load.mjs";
import { until } from "./private.mjs";

/** @typedef {import("./house.mjs").House} House */

/** Where the program keeps its queue (`api/src/ports/queue/redis.rs`). */
const QUEUE = "yidiantong:*:due:v1";
/** What a process says when the queue does not answer, and when it does again. */
const [AWAY, BACK] = ["redis does not answer", "redis answers again"];
/** Filings under way at once. */
const ABREAST = 20;
/** Filings whose acceptance has not climbed up to the city. */
const WAITING = `SELECT count(*) AS waiting FROM complaints c WHERE text LIKE '%canary-%' AND NOT EXISTS
  (SELECT 1 FROM escalations e WHERE e.complaint_id = c.id AND e.stage = 'accept' AND e.step = 'city')`;

/**
 * Begins so many workers and a process that listens.
 * @param {House} house @param {number} workers
 */
export async function staffed(house, workers) {
  const crew = await Promise.all(Array.from({ length: workers }, () => house.program({ role: "worker" })));
  const front = await house.program({ role: "api" });
  const [first, ...others] = [...crew, front];
  // The first one sets the clock that the others share.
  await first?.begin();
  await Promise.all(others.map((program) => program.begin()));
  return { crew, front };
}

/**
 * Files so many, several at once, and every one is acknowledged.
 * @param {number} port @param {import("./journal.mjs").Journal} journal @param {number} count
 */
export async function fileMany(port, journal, count) {
  const agent = connections(ABREAST);
  const answers = await Promise.all(Array.from({ length: count }, () => file(port, journal, { agent })));
  agent.destroy();
  const others = answers.filter(({ status }) => status !== 201);
  assert.deepEqual(others.slice(0, 5), [], `${others.length} of ${count} filings were not taken`);
}

/** Waits until every filing's acceptance has climbed up to the city. @param {House} house @param {number} seconds patience */
export const untilClimbed = (house, seconds) =>
  until("every ladder has been climbed", async () => (await house.query(WAITING))[0].waiting === 0, {
    patience: seconds * 1_000,
    pause: 250,
  });

/**
 * Ends what the clocks make: of cases that stand at the city, every new day writes letters, and a day is short here.
 * @param {import("./program.mjs").Program[]} crew
 */
export const sendHome = (crew) => Promise.all(crew.map((worker) => worker.kill()));

/** The steps that filings have taken so far. @param {House} house @returns {Promise<number>} */
export async function stepsTaken(house) {
  const mine = "SELECT id FROM complaints WHERE text LIKE '%canary-%'";
  const [{ taken }] = await house.query(
    `SELECT count(*) AS taken FROM escalations WHERE complaint_id IN (${mine})`,
  );
  return taken;
}

/**
 * The ids in the queue with their due times, ms of case time. A Redis that is full answers too.
 * @param {House} house @returns {Promise<Map<string, number>>}
 */
export async function queued(house) {
  const { redis } = house;
  assert.ok(redis, "this house has no Redis");
  const key = await redis.cli("KEYS", QUEUE);
  if (key === "") return new Map();
  assert.ok(!key.includes("\n"), `several installations share this Redis: ${key}`);
  const said = await redis.cli("ZRANGE", key, "0", "-1", "WITHSCORES");
  const words = said === "" ? [] : said.split("\n");
  return new Map(words.flatMap((word, index) => (index % 2 === 0 ? [[word, Number(words[index + 1])]] : [])));
}

/**
 * Waits until the workers have dealt with every id that came back with an old snapshot and was due.
 * @param {House} house @param {Map<string, number>} old what the queue held then
 */
export const untilDealtWith = (house, old) =>
  until("the workers have dealt with the ids that came back", async () => {
    const now = Date.parse((await api(house.front.port, "GET", "/time")).body.case_time);
    return [...(await queued(house))].every(([id, due]) => due > now || old.get(id) !== due);
  });

/**
 * Waits until the last word of each of these is that the queue is away, or that it is not (any more).
 * @param {import("./program.mjs").Program[]} crew @param {"away" | "back"} word
 */
export const untilAllSay = (crew, word) =>
  until(`every worker says that the queue is ${word}`, () =>
    crew.every(({ said }) => {
      const [away, back] = [AWAY, BACK].map((words) => said.lastIndexOf(words));
      return word === "away" ? away > back : back >= away;
    }),
  );
