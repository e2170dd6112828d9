// F5: Redis hangs: connections stand, and nothing answers. People who file and read do not notice, whoever asks how the
// process does is told within a moment, and the clocks that come due meanwhile fire on time and once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { queued, sendHome, staffed, stepsTaken, untilAllSay } from "./lib/crew.mjs";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { bearable, Load } from "./lib/load.mjs";
import { sleep, until } from "./lib/private.mjs";
import { Readers } from "./lib/readers.mjs";
import { inHouse, percentile, rounds } from "./lib/scene.mjs";

const HANGS_SECONDS = rounds(6, 60);
const WRITERS = 4;
/** How long each rests between two filings, ms. */
const REST = 400;
/** How long people file before, to know what is usual on this machine. */
const USUAL_SECONDS = rounds(2, 10);
const SPEED = rounds(130_000, 20_000);
/** How long the slowest but one of a hundred may wait, ms. */
const P99 = 2_000;
/** The usual patience of whoever probes for readiness, ms. */
const PROBE = 1_000;
const LATE = rounds(75, 15);
const READS = ["//livez", "//readyz", "/categories", "/regions"];

test(`F5: Redis hangs for ${HANGS_SECONDS} s`, async (t) => {
  await inHouse({ engine: "postgres", redis: true, speed: SPEED }, async (house) => {
    const { crew, front } = await staffed(house, 2);
    const journal = new Journal();
    const at = { writers: WRITERS, port: () => front.port, journal, pause: REST };
    const limit = await bearable(at, P99, USUAL_SECONDS);
    const taken = await stepsTaken(house);
    const hung = performance.now();
    house.redis?.pause();
    const load = new Load(at);
    let toldAway = 0;
    const readers = new Readers(front.port, READS, (_, body) => {
      toldAway += body?.queue?.up === false ? 1 : 0;
    });
    await sleep(HANGS_SECONDS * 1_000);
    await Promise.all([load.stop(), readers.stop()]);
    await untilAllSay(crew, "away");
    await until("a clock fires while it hangs", async () => (await stepsTaken(house)) > taken);
    const seconds = Math.round((performance.now() - hung) / 1_000);
    const early = await ladderIsWhole(house, { late: LATE });
    house.redis?.resume();
    const probe = percentile(readers.times.get("//readyz") ?? [], 50);
    t.diagnostic(
      `hung for ${seconds} s: ${load}; 99 of 100 within ${load.p99} ms (at most ${limit} ms); ${readers} (/readyz mostly ${probe} ms)`,
    );
    assert.deepEqual(load.words, {}, "nobody notices");
    assert.deepEqual(readers.refused.slice(0, 5), [], "nobody who reads notices");
    assert.ok(load.acknowledged > WRITERS * 2, "hardly anything was filed: nothing was tested");
    assert.ok(toldAway > 0, "nobody was told that the queue is away: nothing was tested");
    assert.ok(load.p99 < limit, `99 of 100 filings took up to ${load.p99} ms`);
    readers.within(limit);
    assert.ok(probe < PROBE, `/readyz mostly took ${probe} ms`);
    await untilAllSay(crew, "back");
    await until("the queue is fed again", async () => (await queued(house)).size > 0);
    const { steps, latest } = await ladderIsWhole(house, { late: LATE });
    await sendHome(crew);
    t.diagnostic(
      `${early.steps - taken} steps while it hung, ${steps} in all, each once, the latest ${latest} s after its time`,
    );
    t.diagnostic(await nothingLost(house, journal));
  });
});
