// Reads of one disclosure, and 304 for those who have it: the program's memory against nginx with `gzip_static` on the
// same bytes. Each has one worker on a processor of its own, wrk has the other; turn by turn, the middle of the ratios.
//
//   node tests/bench/disclosure.mjs [--seconds 4] [--turns 7] [--connections 64] [--postgres 1]
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { binary, endInOrder, freePort, Server } from "../e2e/server.mjs";
import { atTheEnd, file, folder, heading, line, load, median, postgres, round, scale, VILLAGE } from "./parts.mjs";

const { seconds, turns, connections, postgres: wanted } = scale({ seconds: 4, turns: 7, connections: 64, postgres: 1 });
/** Where wrk is, and where the servers are: none in the other's way, as far as the machine goes. */
const [CLIENT, SERVER] = cpus().length > 1 ? ["0", "1"] : ["0", "0"];
const TICK = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** Seconds of a processor that a process and its children have taken. @param {number[]} pids */
function burnt(pids) {
  const of = (/** @type {number} */ pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICK;
  };
  return pids.map(of).reduce((sum, one) => sum + one, 0);
}

/** The program, held to the servers' processor. @param {Record<string, string>} env */
function open(env) {
  const wrapper = file("pinned", `#!/bin/sh\nexec taskset -c ${SERVER} ${binary("release")} "$@"\n`);
  chmodSync(wrapper, 0o755);
  // So many from one address are nobody's village; they are counted all the same.
  return Server.open({ file: wrapper, dataDir: folder(), role: "api", env: { RATE_LIMIT_SCALE: "1000000", ...env } });
}

/** nginx with one worker and the very bytes, plain and packed. @param {Map<string, { plain: Buffer, packed: Buffer }>} answers */
async function nginx(answers) {
  const [home, port] = [folder(), await freePort()];
  for (const [address, { plain, packed }] of answers) {
    const place = path.join(home, "files", address);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, plain);
    writeFileSync(`${place}.gz`, packed);
  }
  const config = `
daemon off; worker_processes 1; pid ${home}/pid; error_log ${home}/error.log;
events { worker_connections 4096; }
http {
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;
  keepalive_timeout 75s; keepalive_requests 1000000000;
  default_type application/json; gzip_static on; gzip_vary on;
  client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy; fastcgi_temp_path ${home}/fastcgi;
  uwsgi_temp_path ${home}/uwsgi; scgi_temp_path ${home}/scgi;
  server { listen 127.0.0.1:${port}; root ${home}/files; }
}`;
  const where = file("nginx.conf", config);
  // As root it would hand its files to another user, who may not look into this folder.
  const user = process.getuid?.() === 0 ? ["-g", "user root;"] : [];
  const child = spawn("taskset", ["-c", SERVER, "nginx", "-c", where, "-p", home, ...user], { stdio: ["ignore", "ignore", "inherit"] });
  atTheEnd(() => child.kill("SIGKILL"));
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await fetch(origin).catch(() => null)); tries += 1) {
    if (tries > 100) throw new Error("nginx did not start");
    await sleep(50);
  }
  const workers = execFileSync("pgrep", ["-P", String(child.pid)], { encoding: "utf8" }).trim().split("\n").map(Number);
  // The master has nothing to do, and ends its workers when it is told to.
  atTheEnd(() => child.kill("SIGTERM"));
  return { origin, pids: workers };
}

/** @param {string} origin @param {string} address @param {Record<string, string>} headers */
async function answer(origin, address, headers) {
  // Node's fetch would unpack it.
  const text = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const body = execFileSync("curl", ["-s", "-f", ...text, `${origin}${address}`]);
  const head = execFileSync("curl", ["-s", "-f", "-o", "/dev/null", "-D", "-", ...text, `${origin}${address}`], { encoding: "utf8" });
  const tag = /^etag: *(.*?)\r?$/im.exec(head)?.[1];
  if (tag === undefined) throw new Error(`${origin}${address} has no tag`);
  return { body, tag };
}

/** @typedef {{ origin: string, pids: number[] }} Side */

/**
 * One kind of request at both, by turns.
 * @param {string} what @param {string} wanted @param {[Side, Side]} sides @param {(side: Side) => Promise<Record<string, string>>} words
 */
async function compare(what, wanted, sides, words) {
  /** @type {number[][]} */
  const rates = [[], []];
  /** @type {number[][]} */
  const costs = [[], []];
  let failed = 0;
  const given = await Promise.all(sides.map(words));
  for (let turn = 0; turn < turns; turn += 1) {
    // Who begins changes, too.
    for (const which of turn % 2 === 0 ? [0, 1] : [1, 0]) {
      const side = /** @type {Side} */ (sides[which]);
      const before = burnt(side.pids);
      const took = await load(side.origin, "read.lua", { connections, seconds, threads: 1, processor: CLIENT }, given[which]);
      rates[which]?.push(took.rate);
      costs[which]?.push(((burnt(side.pids) - before) / took.requests) * 1e6);
      failed += /** @type {{ failed?: number }} */ (/** @type {unknown} */ (took)).failed ?? 0;
    }
  }
  const ratio = (/** @type {number[][]} */ [ours = [], theirs = []]) => ours.map((one, at) => one / (theirs[at] ?? Number.NaN));
  const ratios = ratio(rates);
  line(`${what}, ours, answers/s`, median(rates[0] ?? []), "", failed > 0 ? `${failed} failed` : "");
  line(`${what}, nginx, answers/s`, median(rates[1] ?? []));
  line("    ratio", median(ratios), wanted, `of ${turns} turns: ${ratios.toSorted((a, b) => a - b).map(round).join(", ")}`);
  line("    processor for an answer, ours and nginx's, µs", `${round(median(costs[0] ?? []))} ${round(median(costs[1] ?? []))}`, "", `ratio ${round(median(ratio([costs[1] ?? [], costs[0] ?? []])))}`);
}

/** @param {string} engine @param {Record<string, string>} env */
async function measure(engine, env) {
  heading(`Reads of one disclosure on ${engine}, ${connections} connections that stay open`);
  const server = await open(env);
  const list = await fetch(`${server.origin}/api/v1/regions/${VILLAGE}/disclosures?kind=ledger&limit=1`);
  const id = (await list.json()).items[0].id;
  const [whole, lines] = [`/api/v1/disclosures/${id}`, `/api/v1/disclosures/${id}/lines`];
  const answers = new Map();
  for (const address of [whole, lines]) {
    const plain = (await answer(server.origin, address, {})).body;
    const packed = (await answer(server.origin, address, { "accept-encoding": "gzip" })).body;
    answers.set(address === whole ? `${whole}/index` : lines, { plain, packed });
  }
  const ours = { origin: server.origin, pids: [server.pid] };
  const theirs = await nginx(answers);
  const at = (/** @type {Side} */ side, /** @type {string} */ address) =>
    side === theirs && address === whole ? `${whole}/index` : address;
  for (const [name, address, most] of /** @type {const} */ ([["the disclosure", whole, "≥ 1.0"], ["a page of its lines", lines, ""]])) {
    const size = (await answer(server.origin, address, { "accept-encoding": "gzip" })).body.length;
    await compare(`${name}, ${size} bytes of gzip`, most, [ours, theirs], async (side) => ({
      path: at(side, address),
      "accept-encoding": "gzip",
    }));
    if (address !== whole) continue;
    await compare("304 for it", "≥ 0.85", [ours, theirs], async (side) => ({
      path: at(side, address),
      "accept-encoding": "gzip",
      "if-none-match": (await answer(side.origin, at(side, address), { "accept-encoding": "gzip" })).tag,
    }));
  }
  await server.close();
}

endInOrder();
await measure("SQLite", {});
if (wanted) {
  const database = postgres();
  await measure("PostgreSQL", { DATABASE_URL: database.address });
  database.stop();
}
process.exit();
