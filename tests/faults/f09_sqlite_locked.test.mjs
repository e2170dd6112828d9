// F9: somebody else holds the SQLite file: a writer that locks it for three seconds, as a backup tool may, and a
// reader whose transaction stays open. Filings wait for the one and do not notice the other.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { test } from "node:test";
import { nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { Load } from "./lib/load.mjs";
import { run, sleep } from "./lib/private.mjs";
import { inHouse, rounds } from "./lib/scene.mjs";

const LOCKS = rounds(1, 50);
const LOCKED_SECONDS = 3;
const READING_SECONDS = rounds(4, 60);
/** How long people go on filing when the reader has gone. */
const WRITING_SECONDS = 2;
/** What the log of the database takes before it is written back, bytes. */
const LOG = 4_000 * 4_096;
const WRITERS = 50;
/** The share of filings that may be told to come back. */
const TURNED_AWAY = 0.01;

/** Another program at the file. @param {string} file @param {string} begin @param {number} seconds */
const hold = (file, begin, seconds) =>
  run(["sqlite3", "-bail", "-cmd", ".timeout 20000", file], {
    input: `${begin}\n.shell sleep ${seconds}\nCOMMIT;\n`,
  });

/** @param {Load} load */
function nobodyFailed(load) {
  const all = Object.values(load.counts).reduce((sum, one) => sum + one, 0);
  const others = Object.keys(load.words).filter((word) => !word.startsWith("503 "));
  assert.deepEqual(others, [], "nothing but a receipt, or 503");
  assert.ok(
    (load.counts[503] ?? 0) <= all * TURNED_AWAY,
    `${load.counts[503]} of ${all} were told to come back`,
  );
}

test(`F9: another program locks the file for ${LOCKED_SECONDS} s, ${LOCKS} times`, async (t) => {
  await inHouse({ engine: "sqlite" }, async (house) => {
    const program = await house.program();
    await program.begin();
    const journal = new Journal();
    const load = new Load({ writers: WRITERS, port: () => program.port, journal, pause: 100 });
    for (let lock = 0; lock < LOCKS; lock += 1) {
      await sleep(1_000);
      await hold(house.file, "BEGIN EXCLUSIVE;", LOCKED_SECONDS);
    }
    await sleep(500);
    await load.stop();
    t.diagnostic(`${load}; the longest wait ${Math.round(load.slowest)} ms`);
    assert.ok(load.slowest > (LOCKED_SECONDS - 1) * 1000, "nobody waited for the lock: nothing was tested");
    nobodyFailed(load);
    t.diagnostic(await nothingLost(house, journal));
  });
});

test(`F9: another program reads the file for ${READING_SECONDS} s`, async (t) => {
  await inHouse({ engine: "sqlite" }, async (house) => {
    const program = await house.program();
    await program.begin();
    const journal = new Journal();
    const load = new Load({ writers: WRITERS, port: () => program.port, journal, pause: 100 });
    const log = () => statSync(`${house.file}-wal`).size;
    await hold(house.file, "BEGIN; SELECT count(*) FROM complaints;", READING_SECONDS);
    const held = log();
    const receipts = load.acknowledged;
    await sleep(WRITING_SECONDS * 1_000);
    await load.stop();
    const grown = log() - held;
    const more = load.acknowledged - receipts;
    t.diagnostic(
      `${load}; the log grew to ${held} bytes while it was read, and by ${grown} in ${more} filings after that`,
    );
    // With the reader gone the log is written back and begun anew, instead of growing for ever.
    assert.ok(more > 50 && grown < LOG, "the log goes on growing when nobody reads it any more");
    nobodyFailed(load);
    t.diagnostic(await nothingLost(house, journal));
  });
});
