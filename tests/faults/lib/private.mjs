// What is started for a test and goes with it: child processes, folders, ports. Nothing here may outlive the
// script, however it ends: an orderly exit and an interruption clean up at once, and children that a killed
// script leaves behind are ended by the kernel (`setpriv --pdeathsig`).
import { spawn, spawnSync } from "node:child_process";
import { chownSync, closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export { sleep };

// As a shell usually has it: who may read what the program makes is the program's own care.
process.umask(0o022);

/** Whether the long form was asked for: the full numbers, hours instead of minutes. */
export const SOAK = process.env.YDT_SOAK === "1";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
/** @type {Set<string>} */
const folders = new Set();

process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.once(signal, () => process.exit(1));
}

/** Who runs what refuses to run as root, and root only. */
const account = (() => {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (/** @type {string} */ option) => {
    for (const user of ["postgres", "nobody"]) {
      const said = spawnSync("id", [option, user], { encoding: "utf8" });
      if (said.status === 0) return Number(said.stdout);
    }
    throw new Error("there is no account to run PostgreSQL under");
  };
  return { uid: ask("-u"), gid: ask("-g") };
})();

/**
 * A folder that goes with the script. Short, because the path of a socket has to stay below 108 bytes.
 * @param {string} name @param {{ unprivileged?: boolean }} [owner]
 */
export function folder(name, owner = {}) {
  const made = mkdtempSync(path.join(tmpdir(), `ydt-${name}-`));
  folders.add(made);
  if (owner.unprivileged && account) chownSync(made, account.uid, account.gid);
  return made;
}

/** @param {string} made a folder no longer needed */
export function remove(made) {
  folders.delete(made);
  rmSync(made, { recursive: true, force: true });
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

/** The environment of a child: nothing of a developer's own database or queue gets in. */
const clean = () => ({ PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", LC_ALL: "C.UTF-8" });

/**
 * @typedef {object} Under
 * @property {string} [log] the file that takes what it prints; else that is thrown away
 * @property {Record<string, string>} [env] added to a clean environment
 * @property {boolean} [unprivileged] as the account for servers that refuse root
 * @property {string} [cwd]
 */

/**
 * @param {string[]} command @param {Under} under
 * @returns {[string, string[]]}
 */
function wrapped(command, { unprivileged }) {
  const as =
    unprivileged && account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"] : [];
  return ["setpriv", [...as, "--pdeathsig", "KILL", "--", ...command]];
}

/**
 * Starts a process; it keeps the process id of the answer, whatever wraps it.
 * @param {string[]} command @param {Under} [under]
 */
export function start(command, under = {}) {
  const log = under.log === undefined ? "ignore" : openSync(under.log, "a");
  const [file, args] = wrapped(command, under);
  const child = spawn(file, args, {
    env: { ...clean(), ...under.env },
    cwd: under.cwd,
    stdio: ["ignore", log, log],
  });
  if (typeof log === "number") closeSync(log);
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/**
 * Runs a command to its end and hands back what it printed.
 * @param {string[]} command @param {Under & { input?: string, failing?: boolean }} [under]
 * @returns {Promise<string>}
 */
export function run(command, under = {}) {
  const [file, args] = wrapped(command, under);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env: { ...clean(), ...under.env },
      cwd: under.cwd,
      stdio: ["pipe", "pipe", "pipe"],
    });
    running.add(child);
    let [out, said] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (part) => {
      out += part;
    });
    child.stderr.setEncoding("utf8").on("data", (part) => {
      said += part;
    });
    child.stdin.on("error", () => {});
    child.stdin.end(under.input ?? "");
    child.once("error", reject);
    child.once("close", (code, signal) => {
      running.delete(child);
      if (code === 0 || under.failing) return resolve(under.failing ? out + said : out);
      reject(new Error(`${command.slice(0, 3).join(" ")} ended with ${code ?? signal}: ${said.trim()}`));
    });
  });
}

/** @param {import("node:child_process").ChildProcess} child */
export const isAlive = (child) => child.exitCode === null && child.signalCode === null;

/**
 * Sends a signal and waits for the end; kills when that takes too long. Answers how it ended.
 * @param {import("node:child_process").ChildProcess} child @param {NodeJS.Signals} signal @param {number} [patience] ms
 */
export async function end(child, signal, patience = 60_000) {
  const began = performance.now();
  if (isAlive(child)) {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    const slow = setTimeout(() => child.kill("SIGKILL"), patience);
    await gone;
    clearTimeout(slow);
  }
  return { code: child.exitCode, signal: child.signalCode, ms: performance.now() - began };
}

/**
 * Asks again and again until the answer is something; refuses when the patience is over.
 * @template T
 * @param {string} what @param {() => T | undefined | false | null | Promise<T | undefined | false | null>} ask
 * @param {{ patience?: number, pause?: number }} [pace] ms
 * @returns {Promise<T>}
 */
export async function until(what, ask, { patience = 60_000, pause = 50 } = {}) {
  const giveUp = performance.now() + patience;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (performance.now() > giveUp) throw new Error(`${what}: not within ${patience} ms`);
    await sleep(pause);
  }
}

/** Ways to end what goes on by itself, such as people who file: a test that fails in between leaves nobody behind. @type {Set<() => void>} */
export const goingOn = new Set();
