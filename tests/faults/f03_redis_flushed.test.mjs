// F3: somebody empties Redis every two seconds while hundreds of clocks come due. What the queue no longer knows the
// sweep finds in the database, so nothing is lost, nothing comes twice, and nothing comes late.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileMany, queued, sendHome, staffed, untilClimbed } from "./lib/crew.mjs";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { sleep } from "./lib/private.mjs";
import { inHouse, rounds } from "./lib/scene.mjs";

const FILINGS = rounds(30, 500);
/** Case seconds in a wall second: the whole ladder in some 8 s, or in two minutes. */
const SPEED = rounds(130_000, 8_640);
const EVERY = 2_000;
/**
 * Wall seconds after which a step is too late, though the queue is being emptied all the time. The short form hurries
 * through half a month in ten seconds, and a busy machine falls behind by itself.
 */
const LATE = rounds(75, 15);

test(`F3: Redis is emptied every ${EVERY / 1_000} s while ${FILINGS} ladders are climbed`, async (t) => {
  await inHouse({ engine: "postgres", redis: true, speed: SPEED }, async (house) => {
    const { crew, front } = await staffed(house, 2);
    const journal = new Journal();
    await fileMany(front.port, journal, FILINGS);
    /** Ids that were in the queue each time. @type {number[]} */
    const lost = [];
    let going = true;
    const flushing = (async () => {
      while (going) {
        lost.push((await queued(house)).size);
        await house.redis?.cli("FLUSHALL");
        await sleep(EVERY);
      }
    })();
    await untilClimbed(house, 15 * 86_400 * (1 / SPEED) + 120).finally(() => {
      going = false;
    });
    await flushing;
    const { steps, latest } = await ladderIsWhole(house, { late: LATE });
    await sendHome(crew);
    t.diagnostic(
      `emptied ${lost.length} times, of ${lost} ids; ${steps} steps, each once, the latest ${latest} s after its time`,
    );
    assert.ok((lost[0] ?? 0) >= FILINGS, "the queue did not know the filings: nothing was tested");
    assert.ok(lost.filter((ids) => ids > 0).length >= 3, "the queue was not fed again: nothing was tested");
    assert.ok(steps >= FILINGS * 4, `only ${steps} steps: nothing was tested`);
    t.diagnostic(await nothingLost(house, journal));
  });
});
