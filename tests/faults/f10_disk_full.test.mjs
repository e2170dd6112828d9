// F10: the disk is full, then it is not. A limit on the size of files stands for it: the kernel refuses to let them
// grow, in the middle of a write, at the same places where it refuses for want of space. In between people are told
// to come back and get no receipt; afterwards the same process serves them, and the file is sound.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { test } from "node:test";
import { nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { file, Load } from "./lib/load.mjs";
import { run, sleep, until } from "./lib/private.mjs";
import { inHouse, rounds } from "./lib/scene.mjs";

const ROUNDS = rounds(2, 20);
const WRITERS = 16;
/** What files may still grow by when the disk begins to fill up, bytes. */
const LEFT = 40_000;

// A write beyond the limit would also kill the process by a signal, which a full disk does not.
const UNSIGNALLED = ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];

/** Until a process to which nobody is sent says that it can serve again, ms. */
const NOTICED = 5_000;

test("F10: a process to which nobody is sent any more finds out by itself that there is room", async (t) => {
  await inHouse({ engine: "sqlite" }, async (house) => {
    const program = await house.program({ role: "api", wrap: UNSIGNALLED });
    await program.begin();
    const journal = new Journal();
    const load = new Load({ writers: WRITERS, port: () => program.port, journal, pause: 20 });
    await sleep(500);
    const limit = (/** @type {number | "unlimited"} */ bytes) =>
      run(["prlimit", "--pid", String(program.pid), `--fsize=${bytes}:unlimited`]);
    await limit(statSync(`${house.file}-wal`).size + LEFT);
    await until("somebody is told that the disk is full", () => (load.counts[503] ?? 0) >= WRITERS * 2);
    await load.stop();
    assert.equal(await program.ready(), false, "it says that it can serve");
    await sleep(2_000);
    assert.equal(await program.ready(), false, "it says that it can serve, and still has no room");
    await limit("unlimited");
    const began = performance.now();
    await program.awaitReady(NOTICED * 3);
    const noticed = Math.round(performance.now() - began);
    assert.ok(noticed <= NOTICED, `it noticed after ${noticed} ms`);
    t.diagnostic(`ready again ${noticed} ms after there was space, with nobody writing`);
    t.diagnostic(await nothingLost(house, journal));
  });
});

test(`F10: the disk fills up under load ${ROUNDS} times`, async (t) => {
  await inHouse({ engine: "sqlite" }, async (house) => {
    const program = await house.program({ wrap: UNSIGNALLED });
    await program.begin();
    const limit = (/** @type {number | "unlimited"} */ bytes) =>
      run(["prlimit", "--pid", String(program.pid), `--fsize=${bytes}:unlimited`]);
    const journal = new Journal();
    let refused = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const load = new Load({ writers: WRITERS, port: () => program.port, journal, pause: 20 });
      await sleep(500);
      // The log of the database is the file that grows; the limit is for each file.
      await limit(statSync(`${house.file}-wal`).size + LEFT);
      await until("somebody is told that the disk is full", () => (load.counts[503] ?? 0) >= WRITERS * 2);
      const [receipts, since] = [load.acknowledged, load.counts[503] ?? 0];
      await sleep(1_000);
      // The database's log may begin anew within the file it has: one that still went in there has a true receipt, as
      // the end of this test shows for each of them.
      assert.ok(load.acknowledged - receipts <= WRITERS, "receipts as if the disk were not full");
      assert.ok((load.counts[503] ?? 0) > since, "nobody was refused while the disk was full");
      await limit("unlimited");
      const began = performance.now();
      await until("somebody gets a receipt again", () => load.acknowledged > receipts, { patience: 10_000 });
      t.diagnostic(`a receipt again ${Math.round(performance.now() - began)} ms after there was space`);
      await sleep(300);
      await load.stop();
      refused += load.counts[503] ?? 0;
      const others = Object.keys(load.words).filter((word) => !/^50[37] /.test(word));
      assert.deepEqual(others, [], "nothing but a receipt, or 503");
      assert.equal(load.withoutRetryAfter, 0, "a 503 says when to come back");
    }
    assert.equal((await file(program.port, journal)).status, 201);
    t.diagnostic(`${refused} were told to come back`);
    const [{ integrity_check: sound }] = await house.query("PRAGMA integrity_check");
    assert.equal(sound, "ok");
    t.diagnostic(await nothingLost(house, journal));
  });
});
