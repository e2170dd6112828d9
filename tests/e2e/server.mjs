// The real program, serving a demo of its own: nothing between the browser and it is pretended. Plain
// JavaScript with types in comments, because the bench and the screenshots run on bare node.
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
/** A Monday morning; the demo's half year of contents ends here. */
const START = "2026-11-23T08:00:00+08:00";
/** A day a second: quick, and slow enough that the worker wakes several times in each day. */
const HURRY = 86_400;
/** What the program says while the clock of the process before it still looks alive. */
const STILL_ALIVE = "another process runs this demo";

/** Names the data directory of a finished demo, where one was made for everybody. */
export const DEMO = "YDT_E2E_DEMO";

/** @param {"debug" | "release"} profile */
export function binary(profile = "debug") {
  const target = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
  const file = path.resolve(process.env.YDT_BIN ?? path.join(target, profile, "yidiantong"));
  if (!existsSync(file)) throw new Error(`${file} is not there: build it first, or set YDT_BIN`);
  return file;
}

/** @returns {Promise<number>} a port nobody listens on */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });

/** A database that was handed in belongs to one set of keys: its demos share the data directory that has them. */
function handedIn() {
  if (!process.env.DATABASE_URL) return undefined;
  const folder = process.env.YDT_E2E_DATA;
  if (!folder)
    throw new Error("with DATABASE_URL, YDT_E2E_DATA must name a data directory: empty like the database");
  return folder;
}

/** Servers that run: none may outlive the tests, however these end. @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
/** Data directories that go with their servers. @type {Set<string>} */
const passing = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  for (const folder of passing) rmSync(folder, { recursive: true, force: true });
});

/** For programs of their own: an interruption ends them in order. Playwright sees to that for its tests. */
export function endInOrder() {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(signal, () => process.exit(1));
  }
}

/**
 * @typedef {object} Options
 * @property {string} [file] the program; the debug build by default
 * @property {string} [dataDir] kept by whoever names it; else a fresh one that goes with the server
 * @property {string} [start] case time of a new demo
 * @property {"all" | "api"} [role] what the process does of all there is to do
 * @property {Record<string, string>} [env] what it finds in its environment, beside what is there
 */

export class Server {
  /** @type {import("node:child_process").ChildProcess | null} */
  #child = null;
  #said = "";
  #file;
  #start;
  #role;
  #env;
  /** @type {string} */ dataDir;
  /** @type {number} */ port;

  /** @param {Required<Options> & { port: number }} made */
  constructor(made) {
    this.#file = made.file;
    this.#start = made.start;
    this.#role = made.role;
    this.#env = made.env;
    this.dataDir = made.dataDir;
    this.port = made.port;
  }

  /**
   * Makes a demo and serves it.
   * @param {Options} [options]
   */
  static async open(options = {}) {
    const handed = options.dataDir ?? handedIn();
    const server = new Server({
      file: options.file ?? binary(),
      dataDir: handed ?? (await mkdtemp(path.join(tmpdir(), "ydt-e2e-"))),
      port: await freePort(),
      start: options.start ?? START,
      role: options.role ?? "all",
      env: options.env ?? {},
    });
    if (handed === undefined) {
      passing.add(server.dataDir);
      const demo = process.env[DEMO];
      if (demo !== undefined && options.start === undefined)
        await cp(demo, server.dataDir, { recursive: true, preserveTimestamps: true });
    }
    await server.begin();
    return server;
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid() {
    return this.#child?.pid ?? 0;
  }

  /** What the program printed since it was last begun. */
  get said() {
    return this.#said;
  }

  /** @param {{ speed?: number }} [pace] without a speed the demo goes on as before */
  async begin(pace = {}) {
    const giveUp = Date.now() + 180_000;
    for (;;) {
      if (await this.#tryToBegin(pace, giveUp)) return;
      if (!this.#said.includes(STILL_ALIVE) || Date.now() > giveUp) {
        throw new Error(`the server did not start:\n${this.#said}`);
      }
      await sleep(250);
    }
  }

  /**
   * @param {{ speed?: number }} pace
   * @param {number} giveUp
   */
  async #tryToBegin(pace, giveUp) {
    this.#said = "";
    const speed = pace.speed === undefined ? [] : ["--speed", String(pace.speed)];
    const where = ["--data-dir", this.dataDir, "--listen", `127.0.0.1:${this.port}`];
    const child = spawn(
      this.#file,
      ["demo", "--role", this.#role, ...where, "--start", this.#start, ...speed],
      {
        // Tests come from one address, in a hurry; limits of their own are tested with the API.
        env: { RATE_LIMIT_SCALE: "1000", ...process.env, YDT_WEBS: ROOT, ...this.#env },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    this.#child = child;
    running.add(child);
    child.once("exit", () => running.delete(child));
    const note = (/** @type {Buffer} */ chunk) => {
      this.#said += chunk.toString();
    };
    child.stdout.on("data", note);
    child.stderr.on("data", note);
    while (child.exitCode === null && child.signalCode === null) {
      const ready = await fetch(`${this.origin}/readyz`).catch(() => null);
      if (ready?.ok) return true;
      if (Date.now() > giveUp) break;
      await sleep(50);
    }
    await this.stop();
    return false;
  }

  /** Until the process has ended, killed by somebody. */
  async ended() {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise((resolve) => child.once("exit", resolve));
  }

  async stop() {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const slow = setTimeout(() => child.kill("SIGKILL"), 20_000);
    await gone;
    clearTimeout(slow);
  }

  /** @param {{ speed?: number }} pace */
  async restart(pace) {
    await this.stop();
    await this.begin(pace);
  }

  async caseTime() {
    const answer = await fetch(`${this.origin}/api/v1/time`);
    /** @type {{ case_time: string }} */
    const { case_time } = await answer.json();
    return new Date(case_time);
  }

  /**
   * Lets case time pass up to an instant and about half a day beyond (until the process has stopped), then goes
   * on at the pace of a clock on the wall. The server is away for about four seconds on each side: a process
   * that stopped looks alive for three.
   * @param {string} instant
   */
  async passUntil(instant) {
    const until = Date.parse(instant);
    await this.restart({ speed: HURRY });
    while ((await this.caseTime()).getTime() < until) await sleep(25);
    await this.restart({ speed: 1 });
  }

  /** Stops, and takes the data directory along if nobody else named it. */
  async close() {
    await this.stop();
    if (!passing.delete(this.dataDir)) return;
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
