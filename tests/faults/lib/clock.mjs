// The machine's clock, moved for one process and not for the others: libfaketime stands between the program and the
// system's clock, and reads from a file how far to move it. What measures durations (CLOCK_MONOTONIC) stays true, as it
// does when an operator or a time server sets a machine's clock.
import { existsSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { folder } from "./private.mjs";

/** The library of the package `faketime`, whatever machine this is. */
function library() {
  const root = "/usr/lib";
  const found = readdirSync(root)
    .map((name) => path.join(root, name, "faketime/libfaketimeMT.so.1"))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error("libfaketime is not there: tests/needs.sh faults installs it");
  return found;
}

export class MovedClock {
  #file = path.join(folder("clock"), "offset");
  /** Seconds by which the clock is ahead. */
  ahead = 0;

  constructor() {
    this.set(0);
  }

  /** The environment of a process that lives by this clock. @returns {Record<string, string>} */
  get env() {
    return {
      LD_PRELOAD: library(),
      FAKETIME_TIMESTAMP_FILE: this.#file,
      // The file is read each time somebody asks, so that a move is seen at once.
      FAKETIME_NO_CACHE: "1",
      DONT_FAKE_MONOTONIC: "1",
    };
  }

  /** @param {number} seconds ahead of the true time; behind it, when negative */
  set(seconds) {
    this.ahead = seconds;
    // In one piece: the program may ask at any moment.
    writeFileSync(`${this.#file}.new`, `${seconds < 0 ? "" : "+"}${seconds}`);
    renameSync(`${this.#file}.new`, this.#file);
  }
}
