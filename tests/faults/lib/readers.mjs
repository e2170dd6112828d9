// People who only look: each asks for the same over and over, and notes how long that took.
import assert from "node:assert/strict";
import { api } from "./api.mjs";
import { sleep } from "./private.mjs";
import { percentile } from "./scene.mjs";

export class Readers {
  /** Waiting times, ms, by what was asked for. @type {Map<string, number[]>} */
  times;
  /** Answers other than 200. @type {string[]} */
  refused = [];
  #going = true;
  #readers;

  /**
   * Starts at once, with one reader for each address.
   * @param {number} port @param {string[]} addresses @param {(address: string, body: any) => void} [look] at each answer
   */
  constructor(port, addresses, look) {
    this.times = new Map(addresses.map((address) => [address, []]));
    this.#readers = addresses.map(async (address) => {
      while (this.#going) {
        const began = performance.now();
        const answer = await api(port, "GET", address);
        this.times.get(address)?.push(performance.now() - began);
        if (answer.status !== 200) this.refused.push(`${address}: ${answer.status} ${answer.text}`);
        look?.(address, answer.body);
        await sleep(50);
      }
    });
  }

  async stop() {
    this.#going = false;
    await Promise.all(this.#readers);
  }

  /** Of a hundred answers the slowest but one, ms. @param {string} address */
  p99(address) {
    return percentile(this.times.get(address) ?? [], 99);
  }

  /** Everything was answered, and 99 of 100 within so many ms. @param {number} ms */
  within(ms) {
    for (const [address, times] of this.times) {
      assert.ok(times.length >= 5, `${address} was asked for ${times.length} times: nothing was tested`);
      assert.ok(this.p99(address) < ms, `99 of 100 for ${address} took up to ${this.p99(address)} ms`);
    }
  }

  /** A part of a line for the report. */
  toString() {
    return [...this.times.keys()].map((address) => `${address} ${this.p99(address)} ms`).join(", ");
  }
}
