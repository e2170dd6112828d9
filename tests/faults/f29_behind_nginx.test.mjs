// F29: two processes behind the nginx.conf that is shipped. Its two lines of defence: whoever files while one of them is
// killed or ends in order is served by the other and notices nothing; while the database or both are away everybody is
// told to come back, in words a program understands, and is served again as soon as they are there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { Load, VILLAGE } from "./lib/load.mjs";
import { Nginx } from "./lib/nginx.mjs";
import { sleep, until } from "./lib/private.mjs";
import { inHouse, rounds } from "./lib/scene.mjs";

const WRITERS = 8;
const ENDS = rounds(2, 20);
/** How long something stays away, ms. */
const AWAY = 3_000;
/** From the first process that is ready to the first receipt, ms. */
const RECOVERY = 5_000;

test(`F29: behind nginx one of two processes ends ${ENDS} times, then the database is away, then both are`, async (t) => {
  await inHouse({ engine: "postgres" }, async (house) => {
    const [one, other] = [await house.program({ role: "all" }), await house.program({ role: "api" })];
    await one.begin();
    await other.begin();
    const nginx = await Nginx.before([one.port, other.port]);
    const journal = new Journal();
    /** People who file through nginx meanwhile. @param {(load: Load) => Promise<void>} meanwhile */
    const under = async (meanwhile) => {
      const load = new Load({ writers: WRITERS, port: () => nginx.port, journal, pause: 100 });
      await meanwhile(load);
      await load.stop();
      return load;
    };
    /**
     * Told to come back while something is away, served soon after.
     * @param {() => Promise<unknown> | undefined} goes @param {() => Promise<unknown> | undefined} comes
     */
    const away = async (goes, comes) => {
      let waited = Number.NaN;
      const load = await under(async (people) => {
        await goes();
        await sleep(AWAY);
        const read = await fetch(`http://127.0.0.1:${nginx.port}/api/v1/regions/${VILLAGE}`);
        assert.equal(read.status, 503, "who only reads is told so too");
        await comes();
        const [back, had] = [performance.now(), people.acknowledged];
        await until("somebody gets a receipt again", () => people.acknowledged > had, { pause: 10 });
        waited = Math.round(performance.now() - back);
      });
      assert.ok((load.counts[503] ?? 0) > 0, "nobody met it away: nothing was tested");
      const others = Object.keys(load.words).filter((word) => !/^503 \w+$/.test(word));
      assert.deepEqual(others, [], "everybody is told so in words that a program understands");
      assert.equal(load.withoutRetryAfter, 0, "a 503 says when to come back");
      assert.ok(waited <= RECOVERY, `the first receipt came after ${waited} ms`);
      return `${load}; a receipt again after ${waited} ms`;
    };
    try {
      const ended = await under(async () => {
        for (let end = 0; end < ENDS; end += 1) {
          await sleep(500);
          if (end % 2 === 0) await other.kill();
          else await other.terminate();
          await sleep(1_500);
          await other.begin();
        }
      });
      t.diagnostic(`one of two ends: ${ended}`);
      assert.ok(ended.acknowledged > 0);
      assert.deepEqual(ended.words, {}, "somebody noticed that one of two was gone");
      const database = await away(
        async () => house.postgres?.stop("immediate"),
        async () => house.postgres?.begin(),
      );
      t.diagnostic(`the database is away: ${database}`);
      const both = await away(
        () => Promise.all([one.kill(), other.kill()]),
        () => one.begin(),
      );
      t.diagnostic(`both are away: ${both}`);
      t.diagnostic(await nothingLost(house, journal));
    } finally {
      await nginx.close();
    }
  });
});
