// What the clients know, written down the way a careful client would: every filing is on disk before it is sent,
// every answer before anybody believes it. Afterwards the database is held against the file, not against memory.
import { fdatasync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { folder } from "./private.mjs";

/**
 * A filing as the journal knows it.
 * @typedef {object} Filing
 * @property {string} key its Idempotency-Key
 * @property {any} body as sent
 * @property {string} canary words that occur in no other filing
 * @property {string[]} secrets what no log may hold
 * @property {number} sent wall ms
 * @property {number} [answered] wall ms
 * @property {number} [status] none: no answer came
 * @property {string} [code] of a problem
 * @property {string} [number]
 * @property {string} [receipt]
 * @property {any} [view] the rest of the answer
 * @property {string} [failed] how the connection ended
 * @property {boolean} [left] whether the whole request had been handed to the connection
 * @property {boolean} [reused] whether that connection had carried an answer before
 */

export class Journal {
  #file = path.join(folder("journal"), "journal.jsonl");
  #fd = openSync(this.#file, "a");
  /** @type {Promise<void> | null} */ #next = null;
  /** @type {Promise<void>} */ #syncing = Promise.resolve();

  /**
   * Appends a line; done when it is on disk. Lines that come while a sync runs share the next one.
   * @param {{ key: string } & Record<string, unknown>} line
   */
  note(line) {
    writeSync(this.#fd, `${JSON.stringify(line)}\n`);
    this.#next ??= this.#syncing.then(() => {
      this.#next = null;
      this.#syncing = new Promise((resolve, reject) =>
        fdatasync(this.#fd, (error) => (error ? reject(error) : resolve())),
      );
      return this.#syncing;
    });
    return this.#next;
  }

  /** Every filing, read from the file. */
  filings() {
    /** @type {Map<string, Filing>} */
    const known = new Map();
    for (const line of readFileSync(this.#file, "utf8").split("\n")) {
      if (line === "") continue;
      const { key, ...rest } = JSON.parse(line);
      known.set(key, { ...known.get(key), key, ...rest });
    }
    return [...known.values()];
  }

  /** Those whose receipt the client holds. */
  acknowledged() {
    return this.filings().filter((filing) => filing.status === 201);
  }

  /** Those that were sent and not acknowledged: refused, or without an answer. */
  unacknowledged() {
    return this.filings().filter((filing) => filing.status !== 201);
  }
}
