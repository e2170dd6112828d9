// Draining delayed jobs that ask for nothing: the program's own queue beside BullMQ, on one Redis, by turns.
// BullMQ comes from the package registry into a folder that goes with the bench.
//
//   node tests/bench/drain.mjs [--jobs 20000] [--one 5000]
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { binary, endInOrder } from "../e2e/server.mjs";
import { folder, heading, line, median, redis, round, scale } from "./parts.mjs";

const { jobs, one } = scale({ jobs: 20_000, one: 5_000 });
const BULLMQ = "6.7.0";
/** The client that its documentation uses. */
const IOREDIS = "6.0.0";
const TURNS = 3;
/** As many as the worker takes at once. */
const BATCH = 250;
/** BullMQ has no batches: jobs at work at the same time take their place. The best of these counts. */
const SIDE_BY_SIDE = [50, 250];
/** How long the jobs are held back while they are put in, ms; each run waits until the last is due. */
const DELAY = 2_000;

/** @param {string} url @param {number} ids @param {number} atOnce ids a second */
function ours(url, ids, atOnce) {
  const program = path.join(path.dirname(binary("release")), "drain");
  return ids / Number(execFileSync(program, [url, String(ids), String(atOnce)], { encoding: "utf8" }));
}

/** BullMQ as its documentation shows it, told not to keep what is done. */
function bullmq() {
  const where = folder();
  execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefix", where, `bullmq@${BULLMQ}`, `ioredis@${IOREDIS}`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return createRequire(path.join(where, "package.json"))("bullmq");
}

/**
 * @param {any} library @param {number} port @param {number} count @param {number} concurrency
 * @returns {Promise<number>} jobs a second
 */
async function theirs({ Queue, Worker }, port, count, concurrency) {
  const name = `drain-${concurrency}-${performance.now()}`;
  const connection = { host: "127.0.0.1", port, maxRetriesPerRequest: null };
  const queue = new Queue(name, { connection });
  const job = { name: "nothing", data: {}, opts: { delay: DELAY, removeOnComplete: true } };
  for (let put = 0; put < count; put += 1_000) {
    await queue.addBulk(Array.from({ length: Math.min(1_000, count - put) }, () => job));
  }
  if ((await queue.getDelayedCount()) !== count) throw new Error("not all jobs were put in before the first was due");
  await sleep(DELAY + 100);
  const worker = new Worker(name, async () => {}, { connection, concurrency, autorun: false });
  await worker.waitUntilReady();
  const began = performance.now();
  const done = new Promise((resolve) => {
    let finished = 0;
    worker.on("completed", () => {
      finished += 1;
      if (finished === count) resolve(performance.now() - began);
    });
  });
  const running = worker.run();
  const took = /** @type {number} */ (await done);
  await worker.close();
  await running;
  await queue.obliterate({ force: true });
  await queue.close();
  return count / (took / 1_000);
}

endInOrder();
heading(`Draining delayed jobs that do nothing, beside BullMQ ${BULLMQ} on one Redis, median of ${TURNS}`);
const library = bullmq();
const server = await redis();
/** @type {Record<string, number[]>} */
const rates = {};
/** @param {string} name @param {number} rate */
const note = (name, rate) => {
  rates[name] = [...(rates[name] ?? []), rate];
};
for (let turn = 0; turn < TURNS; turn += 1) {
  note("one", ours(server.url, one, 1));
  note("their one", await theirs(library, server.port, one, 1));
  note("batch", ours(server.url, jobs, BATCH));
  for (const many of SIDE_BY_SIDE) note(`their ${many}`, await theirs(library, server.port, jobs, many));
}
/** @param {string} name */
const of = (name) => median(rates[name] ?? []);
line("one by one: ours, ids/s", of("one"), "", `${one} ids, one in each hand-out, told as done with the next question`);
line("one by one: BullMQ, jobs/s", of("their one"), "", "concurrency 1");
line("    ratio", of("one") / of("their one"), "≥ 4");
const best = Math.max(...SIDE_BY_SIDE.map((many) => of(`their ${many}`)));
line("in batches: ours, ids/s", of("batch"), "", `${jobs} ids, ${BATCH} at a time`);
line("in batches: BullMQ, jobs/s", best, "", SIDE_BY_SIDE.map((many) => `concurrency ${many}: ${round(of(`their ${many}`))}`).join(", "));
line("    ratio", of("batch") / best, "≥ 10");
process.exit();
