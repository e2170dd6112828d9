// F4: Redis is gone before clocks come due, and stays away over their time: they fire on time all the same, fed by the
// database alone. Then it comes back with all that it knew, every id long overdue, and nothing fires a second time.
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

const FILINGS = rounds(24, 300);
/** Case seconds in a wall second: Redis is away for some 8 s, or for three minutes. */
const SPEED = rounds(130_000, 5_760);
/** Wall seconds after its time by which a step has come: the sweep needs a few, and a machine in a hurry more. */
const LATE = rounds(75, 15);

test(`F4: Redis is down while ${FILINGS} ladders come due, then it is up again`, async (t) => {
  await inHouse({ engine: "postgres", redis: true, speed: SPEED }, async (house) => {
    const { crew, front } = await staffed(house, 2);
    const journal = new Journal();
    await fileMany(front.port, journal, FILINGS);
    await until("the queue knows the filings", async () => (await queued(house)).size >= FILINGS);
    const before = await queued(house);
    const kept = (await house.redis?.keep()) ?? "";
    const early = await stepsTaken(house);
    await house.redis?.stop("SIGKILL");
    const began = performance.now();
    await untilAllSay(crew, "away");
    await untilClimbed(house, (15 * 86_400) / SPEED + 120);
    const away = Math.round((performance.now() - began) / 1_000);
    const { steps, latest } = await ladderIsWhole(house, { late: LATE });
    t.diagnostic(
      `Redis was away for ${away} s; ${steps - early} of ${steps} steps meanwhile, each once, the latest ${latest} s after its time`,
    );
    assert.ok(steps - early >= FILINGS * 3, `${early} of ${steps} steps came before: nothing was tested`);
    await house.redis?.travel(kept);
    await untilAllSay(crew, "back");
    await untilDealtWith(house, before);
    await ladderIsWhole(house, { late: LATE });
    await sendHome(crew);
    t.diagnostic(await nothingLost(house, journal));
  });
});
