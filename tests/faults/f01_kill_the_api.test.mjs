// F1: the process that takes complaints is killed again and again while fifty people file. Whoever holds a receipt
// finds his complaint, whoever got no answer can safely send it again, and the ladder goes on as if nothing was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { Load } from "./lib/load.mjs";
import { sleep } from "./lib/private.mjs";
import { between, ENGINES, inHouse, rounds } from "./lib/scene.mjs";

const ROUNDS = rounds(2, 100);
const WRITERS = 50;
/** Between two filings of a writer, ms: in the long form so long that one worker keeps up with every ladder. */
const PAUSE = rounds(100, 5_000);
/** From the start of the process to its first answer, ms. */
const READY = 5_000;
/** Wall seconds after which a step is too late: the lease of a killed worker, and a little; of a hundred, three in turn. */
const LATE = rounds(75, 200);

for (const engine of ENGINES) {
  test(`F1 ${engine}: killed ${ROUNDS} times under ${WRITERS} writers`, async (t) => {
    // Half a day a second in the short form: acceptance falls due while it runs. In the long one half an hour, or the
    // steps of all these ladders would fall due faster than two processors can take them beside the filings.
    await inHouse({ engine, speed: rounds(43_200, 1_800) }, async (house) => {
      const program = await house.program();
      await program.begin();
      const journal = new Journal();
      const load = new Load({ writers: WRITERS, port: () => program.port, journal, pause: PAUSE });
      let slowest = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        await sleep(between(200, 3_000));
        await program.kill();
        slowest = Math.max(slowest, await program.begin());
      }
      await sleep(500);
      await load.stop();
      t.diagnostic(`${load}; ready again after ${Math.round(slowest)} ms at most`);
      assert.ok(load.acknowledged > ROUNDS, "hardly anything was filed: nothing was tested");
      assert.ok((load.words.ECONNRESET ?? 0) > 0, "no kill met a filing under way: nothing was tested");
      assert.ok(slowest <= READY, `ready after ${slowest} ms`);
      t.diagnostic(await nothingLost(house, journal));
      const { steps, latest } = await ladderIsWhole(house, { late: LATE });
      t.diagnostic(`${steps} steps of the ladder, each once, the latest ${latest} s after its time`);
    });
  });
}
