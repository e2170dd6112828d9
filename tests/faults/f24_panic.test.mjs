// F24: the program trips over its own mistake. No input is known that makes it panic, so a debug build is told where
// to (`api/src/failpoints.rs`): before a filing is written, in the middle of its transaction, after its commit, and
// in the worker. Whoever met it gets a finished 500, everybody beside him is served, and nothing is lost or doubled.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connections } from "./lib/api.mjs";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { file } from "./lib/load.mjs";
import { sleep } from "./lib/private.mjs";
import { ENGINES, inHouse, rounds } from "./lib/scene.mjs";

const PANICS = 3;
const FILINGS = rounds(40, 400);
/** What a panic says, and a log or an answer must not. */
const WORDS = "panic-words";
const LATE = 75;
/** Two days a second, so that a whole ladder passes while somebody waits. */
const SPEED = 172_800;

/** @param {import("./lib/program.mjs").Program} program */
function logTellsWhereOnly(program) {
  const lines = program.said.split("\n").filter((line) => line.includes(" panicked place="));
  assert.equal(lines.length, PANICS, "each panic is one line of the log");
  for (const line of lines) assert.match(line, /place="?\S+\.rs:\d+:\d+/);
  assert.ok(!program.said.includes(WORDS), "the log quotes the panic");
}

for (const engine of ENGINES) {
  for (const place of ["filing.read", "filing.written", "filing.kept"]) {
    test(`F24 ${engine}: a handler panics at ${place}`, async (t) => {
      await inHouse({ engine }, async (house) => {
        const program = await house.program({ env: { YDT_FAILPOINT: `${place}:${PANICS}` } });
        await program.begin();
        const { pid } = program;
        const [journal, agent] = [new Journal(), connections(FILINGS)];
        const answers = await Promise.all(
          Array.from({ length: FILINGS }, () => file(program.port, journal, { agent })),
        );
        const broken = answers.filter(({ status }) => status !== 201);
        assert.deepEqual(
          broken.map(({ status, failed }) => failed ?? status),
          Array(PANICS).fill(500),
          "as many as panicked are told so, and nobody else",
        );
        for (const { text, type, headers } of broken) {
          assert.equal(type, "application/problem+json");
          const problem = JSON.parse(text);
          assert.equal(problem.code, "internal");
          assert.equal(headers?.["x-request-id"], problem.request_id);
          assert.equal(headers?.["x-content-type-options"], "nosniff");
          assert.ok(!text.includes(WORDS), "the answer quotes the panic");
        }
        assert.equal(program.pid, pid);
        assert.ok(program.isAlive, "the process went down");
        logTellsWhereOnly(program);
        t.diagnostic(await nothingLost(house, journal));
      });
    });
  }
}

for (const place of ["step.written", "step.kept"]) {
  test(`F24: the worker panics at ${place}`, async (t) => {
    await inHouse({ engine: "sqlite", speed: SPEED }, async (house) => {
      const program = await house.program({ env: { YDT_FAILPOINT: `${place}:${PANICS}` } });
      await program.begin();
      const journal = new Journal();
      for (let one = 0; one < 10; one += 1) assert.equal((await file(program.port, journal)).status, 201);
      // Twelve days: acceptance has come due and has climbed up to the city.
      await sleep((12 * 86_400_000) / SPEED);
      assert.ok(program.isAlive, "the process went down");
      logTellsWhereOnly(program);
      const { steps, latest } = await ladderIsWhole(house, { late: LATE });
      assert.ok(steps >= 30, `only ${steps} steps were taken: the worker stopped`);
      t.diagnostic(`${steps} steps of the ladder, each once, the latest ${latest} s after its time`);
      t.diagnostic(await nothingLost(house, journal));
    });
  });
}
