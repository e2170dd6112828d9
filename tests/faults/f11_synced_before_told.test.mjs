// F11: nobody is told "taken" before it is on the disk. Killing a process cannot show that, because the kernel still
// writes what the process had handed over; the system calls can. Between the moment a filing has been read and the
// moment its 201 is written, the database's log must have been synced; a hundred times of a hundred.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Journal } from "./lib/journal.mjs";
import { file } from "./lib/load.mjs";
import { folder, sleep } from "./lib/private.mjs";
import { ENGINES, inHouse } from "./lib/scene.mjs";

const FILINGS = 100;
/** What a sync of the log looks like: the file's path stands beside its descriptor. */
const LOG = { sqlite: /f(?:data)?sync\(\d+<[^>]*\.db-wal>/, postgres: /f(?:data)?sync\(\d+<[^>]*\/pg_wal\// };

/** The command that writes down the system calls of what it runs, which keeps its own process id. @param {string} to */
const traced = (to) => {
  const calls = "trace=fsync,fdatasync,read,recvfrom,write,writev,sendto";
  return ["strace", "-D", "-f", "-q", "-y", "-ttt", "-s", "40", "-e", calls, "-e", "signal=none", "-o", to];
};

/**
 * The calls of some traces that matter, in the order of their times: a filing read, the log synced (when the call
 * had come back), a 201 written (when the call began).
 * @param {string[]} traces @param {RegExp} log
 */
function moments(traces, log) {
  /** @type {{ at: number, what: "read" | "synced" | "told" }[]} */
  const found = [];
  for (const trace of traces) {
    /** Syncs that have not come back, by thread. @type {Set<string>} */
    const under = new Set();
    for (const line of readFileSync(trace, "utf8").split("\n")) {
      const [, thread = "", time = "0", call = ""] = line.match(/^(\d+) +([\d.]+) (.*)$/) ?? [];
      const at = Number(time);
      if (log.test(call) && call.includes("<unfinished")) under.add(thread);
      else if (log.test(call) && / = 0( |$)/.test(call)) found.push({ at: at + spent(call), what: "synced" });
      else if (/<\.\.\. f(data)?sync resumed>/.test(call) && under.delete(thread))
        found.push({ at, what: "synced" });
      else if (call.includes('"POST /api/v1/complaints HTTP')) found.push({ at, what: "read" });
      else if (call.includes('"HTTP/1.1 201')) found.push({ at, what: "told" });
    }
  }
  return found.sort((one, other) => one.at - other.at);
}

/** Seconds a call took, where the trace says so. @param {string} call */
const spent = (call) => Number(call.match(/<([\d.]+)>$/)?.[1] ?? 0);

for (const engine of ENGINES) {
  test(`F11 ${engine}: each of ${FILINGS} receipts was preceded by a sync`, async (t) => {
    const traces = folder("strace", { unprivileged: true });
    const [ours, theirs] = [path.join(traces, "program"), path.join(traces, "postgres")];
    const wrap = engine === "postgres" ? traced(theirs) : [];
    await inHouse({ engine, wrap }, async (house) => {
      const program = await house.program({ wrap: traced(ours) });
      await program.begin();
      const journal = new Journal();
      // One after the other: with nobody beside it, a sync between a filing and its answer is its own.
      for (let one = 0; one < FILINGS; one += 1)
        assert.equal((await file(program.port, journal)).status, 201);
      await program.terminate();
      await house.postgres?.stop("fast");
      await sleep(200);
      const found = moments(engine === "postgres" ? [ours, theirs] : [ours], LOG[engine]);
      let [told, synced, since] = [0, 0, 0];
      for (const { what } of found) {
        if (what === "read") since = 0;
        else if (what === "synced") since += 1;
        else {
          told += 1;
          synced += since > 0 ? 1 : 0;
        }
      }
      t.diagnostic(`${synced} of ${told} receipts after a sync of the log, by ${found.length} system calls`);
      assert.equal(told, FILINGS, "the trace does not show every receipt");
      assert.equal(synced, FILINGS, "a receipt was told before it was on the disk");
    });
  });
}
