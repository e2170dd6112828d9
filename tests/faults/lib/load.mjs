// Villagers who file, many at once, each on a connection of his own, and none of them tries anything twice: what
// became of a filing without an answer is for the invariants to find out.
import { randomBytes } from "node:crypto";
import { api, connections } from "./api.mjs";
import { goingOn, sleep } from "./private.mjs";
import { percentile } from "./scene.mjs";

export const VILLAGE = "230104111204";
export const TOWNSHIP = "230104111000";

/** A filing that nobody else makes: its words, its writer and its key occur nowhere else. */
export function filing() {
  const mark = randomBytes(12).toString("hex");
  const key = randomBytes(24).toString("base64url");
  const canary = `canary-${mark}`;
  const confidential = mark < "4";
  const phone = `139${String(Number.parseInt(mark.slice(0, 8), 16) % 1e8).padStart(8, "0")}`;
  const name = `演示${mark.slice(0, 12)}`;
  return {
    key,
    canary,
    secrets: [canary, key, ...(confidential ? [phone, name] : [])],
    body: {
      kind: "complaint",
      region_code: VILLAGE,
      category: "service",
      text: `演示：村口的路灯坏了好几天，请派人来看看。${canary}`,
      targets: [],
      identity: confidential ? { mode: "confidential", name, phone } : { mode: "anonymous" },
    },
  };
}

/**
 * Files one, on the journal's terms; what came of it.
 * @param {number} port @param {import("./journal.mjs").Journal} journal
 * @param {{ agent?: import("node:http").Agent, patience?: number }} [more]
 * @returns {Promise<{ status: number, ms: number, failed?: string, left?: boolean, retryAfter?: string, text: string, type?: string, headers?: import("node:http").IncomingHttpHeaders }>} status 0: no answer
 */
export async function file(port, journal, { agent, patience } = {}) {
  const { key, body, canary, secrets } = filing();
  await journal.note({ key, body, canary, secrets, sent: Date.now() });
  const began = performance.now();
  try {
    const headers = { "idempotency-key": key };
    const answer = await api(port, "POST", "/complaints", { body, headers, agent, patience });
    const ms = performance.now() - began;
    const { number, receipt_code: receipt, ...view } = answer.status === 201 ? answer.body : {};
    const code = answer.body?.code;
    await journal.note({ key, answered: Date.now(), status: answer.status, code, number, receipt, view });
    const text = answer.status === 201 ? "" : answer.text;
    const { headers: got } = answer;
    const type = got["content-type"];
    return { status: answer.status, ms, text, type, headers: got, retryAfter: got["retry-after"] };
  } catch (error) {
    const { message, code, sent, reused } =
      /** @type {Error & { code?: string, sent?: boolean, reused?: boolean }} */ (error);
    const failed = code ?? message;
    await journal.note({ key, failed, left: sent, reused });
    return { status: 0, ms: performance.now() - began, failed, left: sent, text: "" };
  }
}

export class Load {
  /** How often each status came; 0 is no answer. @type {Record<number, number>} */
  counts = {};
  /** What was answered with 4xx and 5xx, and how connections ended. @type {Record<string, number>} */
  words = {};
  /** Waiting times of 201s, ms. @type {number[]} */
  times = [];
  /** Answers 503 that did not say when to come back. */
  withoutRetryAfter = 0;
  /** The longest wait for any answer, ms. */
  slowest = 0;
  #going = true;
  /** @type {Promise<void>[]} */ #writers;
  #agent;

  /**
   * Starts filing at once.
   * @param {object} how
   * @param {number} how.writers
   * @param {() => number} how.port asked before each filing, so that a process may move or take turns
   * @param {import("./journal.mjs").Journal} how.journal
   * @param {number} [how.pause] ms that a writer rests between two filings
   * @param {number} [how.patience] ms that a writer waits for an answer
   */
  constructor({ writers, port, journal, pause = 0, patience = 60_000 }) {
    this.#agent = connections(writers);
    goingOn.add(this.#end);
    this.#writers = Array.from({ length: writers }, async () => {
      while (this.#going) {
        const done = await file(port(), journal, { agent: this.#agent, patience });
        this.#count(done);
        // Nobody hammers at a closed door.
        const rest = done.status === 201 ? pause : Math.max(pause, 50);
        if (rest > 0) await sleep(rest);
      }
    });
  }

  #end = () => {
    this.#going = false;
  };

  /** @param {Awaited<ReturnType<typeof file>>} done */
  #count({ status, ms, failed, text, retryAfter }) {
    this.counts[status] = (this.counts[status] ?? 0) + 1;
    this.slowest = Math.max(this.slowest, status === 0 ? 0 : ms);
    if (status === 503 && retryAfter === undefined) this.withoutRetryAfter += 1;
    if (status === 201) this.times.push(ms);
    else {
      const word = failed ?? `${status} ${text.match(/"code":"(\w+)"/)?.[1] ?? ""}`;
      this.words[word] = (this.words[word] ?? 0) + 1;
    }
  }

  /** Of a hundred receipts the slowest but one, ms. */
  get p99() {
    return percentile(this.times, 99);
  }

  get acknowledged() {
    return this.counts[201] ?? 0;
  }

  /** Lets every writer finish the filing he is at. */
  async stop() {
    this.#end();
    goingOn.delete(this.#end);
    await Promise.all(this.#writers);
    this.#agent.destroy();
  }

  /** One line for the report. */
  toString() {
    const words = Object.entries(this.words).map(([word, times]) => `${word} x${times}`);
    return `${this.acknowledged} acknowledged; ${words.join(", ") || "nothing else"}`;
  }
}

/**
 * How long the slowest but one of a hundred filings may take, ms: what was promised, or where this machine is too busy
 * to keep that anyway, twice what is usual on it.
 * @param {ConstructorParameters<typeof Load>[0]} how @param {number} promised ms @param {number} seconds of trying what is usual
 */
export async function bearable(how, promised, seconds) {
  const load = new Load(how);
  await sleep(seconds * 1_000);
  await load.stop();
  return Math.max(promised, 2 * load.p99);
}
