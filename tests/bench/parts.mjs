// What the benches have in common: servers of their own, the load, and how a number is printed. Everything is
// private, on the loopback address, and goes with the bench however that ends.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { freePort } from "../e2e/server.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
/** The village whose people file in every bench. */
export const VILLAGE = "230104111204";

/** What is to be done at the end, last first. @type {(() => void)[]} */
const ends = [];
process.on("exit", () => {
  for (const end of ends.reverse()) end();
});

/** @param {() => void} what */
export const atTheEnd = (what) => ends.push(what);

/** A folder that goes with the bench. */
export function folder() {
  const made = mkdtempSync(path.join(tmpdir(), "ydt-bench-"));
  atTheEnd(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** `--name NUMBER` for each name, or its default. @template {Record<string, number>} T @param {T} defaults @returns {T} */
export function scale(defaults) {
  const names = Object.keys(defaults);
  const { values } = parseArgs({
    options: Object.fromEntries(names.map((name) => [name, { type: /** @type {const} */ ("string") }])),
  });
  const read = names.map((name) => [name, Number(values[name] ?? defaults[name])]);
  return Object.fromEntries(read);
}

/** @param {string} title */
export function heading(title) {
  const load = loadavg().map((each) => each.toFixed(1));
  console.log(`\n${title}   [${cpus().length} processors, load ${load.join(" ")}]`);
}

/** A number with four digits that count. @param {number} value */
export const round = (value) => Number(value.toPrecision(4)).toLocaleString("en", { maximumFractionDigits: 3 });

/** The middle one. @param {number[]} numbers */
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** One plain line. @param {string} what @param {string | number} value @param {string} [wanted] @param {string} [note] */
export function line(what, value, wanted = "", note = "") {
  const shown = typeof value === "number" ? round(value) : value;
  const columns = [what.padEnd(58), shown.padStart(10), (wanted && `(${wanted})`).padEnd(12), note];
  console.log(columns.join("  ").trimEnd());
}

/** A private PostgreSQL, as delivered but for the place of its files; `log` is where it writes. */
export function postgres() {
  const script = path.join(HERE, "../postgres.sh");
  const begun = spawnSync("bash", [script, "start"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (begun.status !== 0) throw new Error("PostgreSQL did not start");
  const [home = "", address = ""] = begun.stdout.trim().split(/\s+/);
  let stopped = false;
  const stop = () => {
    if (!stopped) spawnSync("bash", [script, "stop", home]);
    stopped = true;
  };
  atTheEnd(stop);
  /** @param {string} database */
  const at = (database) => address.replace(/[^/]*$/, database);
  return { address, at, log: path.join(home, "log"), stop };
}

/** A private Redis that keeps nothing on disk. */
export async function redis() {
  const port = await freePort();
  const where = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder()];
  const child = spawn("redis-server", [...where, "--save", "", "--appendonly", "no"], { stdio: "ignore" });
  atTheEnd(() => child.kill("SIGKILL"));
  /** @param {string[]} words */
  const cli = (...words) =>
    execFileSync("redis-cli", ["-p", String(port), ...words], {
      encoding: "utf8",
      // Refused until the server listens, and that is waited for.
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  /** Many commands at once. @param {string[][]} commands */
  const pipe = (commands) => {
    const one = (/** @type {string[]} */ words) =>
      `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;
    execFileSync("redis-cli", ["-p", String(port), "--pipe"], {
      input: commands.map(one).join(""),
      stdio: ["pipe", "ignore", "inherit"],
    });
  };
  for (let tries = 0; ; tries += 1) {
    try {
      if (cli("PING") === "PONG") break;
    } catch (error) {
      if (tries > 100) throw error;
    }
    await sleep(50);
  }
  const used = () => Number(/^used_memory:(\d+)/m.exec(cli("INFO", "memory"))?.[1]);
  return { port, url: `redis://127.0.0.1:${port}`, cli, pipe, used };
}

/** Resident memory of a process in MB. @param {number} pid @param {"VmRSS" | "VmHWM"} which now, or at most */
export function memory(pid, which) {
  const kilobytes = new RegExp(`^${which}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return (Number(kilobytes?.[1]) * 1024) / 1e6;
}

/**
 * @typedef {object} Load
 * @property {number} rate answers a second
 * @property {number} requests
 * @property {number} p50 ms
 * @property {number} p99 ms
 * @property {number} max ms
 * @property {number} good answers below 400
 * @property {number} asked_back deliberate 503, with Retry-After
 * @property {number} broken other answers from 500
 * @property {number} refused answers from 400 to 499
 * @property {string} statuses which of them, and how often
 * @property {number} lost connections that broke, or answers that did not come in ten seconds
 */

/**
 * Many people at once, each on a connection that stays open: wrk, which takes little of the machine.
 * @param {string} origin @param {string} script in the folder of this file
 * @param {{ connections: number, seconds: number, threads?: number, processor?: string }} size `processor`: the only one it uses
 * @param {Record<string, string | number>} [words] handed to the script
 * @returns {Promise<Load>}
 */
export function load(origin, script, { connections, seconds, threads = 1, processor }, words = {}) {
  const given = Object.entries(words).map(([name, value]) => `${name}=${value}`);
  const size = ["-c", String(connections), "-t", String(threads), "-d", `${seconds}s`, "--timeout", "10s"];
  const pinned = processor === undefined ? [] : ["taskset", "-c", processor];
  const [program = "", ...before] = [...pinned, "wrk"];
  const child = spawn(program, [...before, ...size, "-s", path.join(HERE, script), origin, "--", ...given], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, LUA_PATH: `${HERE}/?.lua;;` },
  });
  atTheEnd(() => child.kill("SIGKILL"));
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      const result = /^RESULT (.*)$/m.exec(said)?.[1];
      if (result === undefined) reject(new Error(`wrk said no result:\n${said}`));
      else resolve(JSON.parse(result));
    });
  });
}

/** @param {string} name @param {string} text */
export function file(name, text) {
  const where = path.join(folder(), name);
  writeFileSync(where, text);
  return where;
}
