// The program under test, as an operator runs it: begun, asked whether it is ready, told to stop, or killed.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { end, isAlive, run, sleep, start, until } from "./private.mjs";

/** The root of the repository. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
/** What it says while the clock of a demo's process before it still looks alive. */
const STILL_ALIVE = "another process runs this demo";

/** The binary that is put to the test. */
export function binary() {
  const target = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
  const file = path.resolve(process.env.YDT_BIN ?? path.join(target, "debug/yidiantong"));
  if (!existsSync(file)) throw new Error(`${file} is not there: build it first, or set YDT_BIN`);
  return file;
}

/**
 * @typedef {object} Making
 * @property {string} dataDir
 * @property {number} port
 * @property {string} log the file that takes what it prints, kept over restarts
 * @property {"all" | "api" | "worker"} [role]
 * @property {number} [watch] the port at which a worker answers, where `env` has a `WORKER_LISTEN`
 * @property {Record<string, string>} [env] `DATABASE_URL`, `REDIS_URL` and what else it is to have
 * @property {string[]} [start] options of a demo's first start, such as `["--speed", "3600"]`
 * @property {string[]} [wrap] a command that runs it, such as `["strace", "-f", "-o", file]`
 */

export class Program {
  /** @type {import("node:child_process").ChildProcess | null} */
  #child = null;
  #mark = 0;
  #making;

  /** @param {Making} making */
  constructor(making) {
    this.#making = making;
    this.dataDir = making.dataDir;
    this.port = making.port;
    this.log = making.log;
    this.role = making.role ?? "all";
    this.wrap = making.wrap ?? [];
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid() {
    return this.#child?.pid ?? 0;
  }

  get isAlive() {
    return this.#child !== null && isAlive(this.#child);
  }

  /** What it printed since it was last begun. */
  get said() {
    return this.#all().slice(this.#mark);
  }

  #all() {
    return existsSync(this.log) ? readFileSync(this.log, "utf8") : "";
  }

  /** Starts the process and does not wait for it. */
  launch() {
    this.#mark = this.#all().length;
    const listen = ["--listen", `127.0.0.1:${this.port}`, "--role", this.role];
    const command = ["demo", "--data-dir", this.dataDir, ...listen, ...(this.#making.start ?? [])];
    this.#child = start([...this.wrap, binary(), ...command], {
      log: this.log,
      // Many people come from one address here, in a hurry; limits are tested with the API.
      env: { RATE_LIMIT_SCALE: "100000", NO_COLOR: "1", ...this.#making.env },
    });
  }

  /** Whether it can serve, or work. */
  async ready() {
    const { watch } = this.#making;
    if (this.role === "worker" && watch === undefined)
      return this.said.includes("working, without listening");
    const origin = watch === undefined ? this.origin : `http://127.0.0.1:${watch}`;
    const answer = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    return answer?.ok ?? false;
  }

  /** Starts it and waits until it is ready; how long that took, in ms. @param {number} [patience] ms */
  async begin(patience = 60_000) {
    const giveUp = performance.now() + patience;
    for (;;) {
      const began = performance.now();
      this.launch();
      while (this.isAlive) {
        if (await this.ready()) return performance.now() - began;
        if (performance.now() > giveUp) break;
        await sleep(20);
      }
      // Told to begin a demo at another speed while the process before it still looks alive.
      if (!this.said.includes(STILL_ALIVE) || performance.now() > giveUp) {
        await this.kill();
        throw new Error(`the program did not become ready:\n${this.said}`);
      }
      await sleep(250);
    }
  }

  /** @param {number} [patience] ms */
  awaitReady(patience = 60_000) {
    return until("the program is ready", () => this.ready(), { patience, pause: 20 });
  }

  /** `kill -9`, without a word to it. */
  async kill() {
    const child = this.#child;
    this.#child = null;
    if (child !== null) await end(child, "SIGKILL");
  }

  /** SIGTERM: how it ended, and after how long. @param {number} [patience] ms until it is killed */
  async terminate(patience = 60_000) {
    const child = this.#child;
    this.#child = null;
    return child === null ? { code: null, signal: null, ms: 0 } : end(child, "SIGTERM", patience);
  }

  /** Another command of the program on the same data, with the same configuration. @param {string[]} command */
  command(...command) {
    return run([binary(), ...command, "--data-dir", this.dataDir], { env: this.#making.env ?? {} });
  }
}
