// `make bench`: how many whole lives of a case (file, accept, dispatch, start, answer, approve, read) the program
// carries a second, on a database with hardly a case and on one with a million, on both engines. Numbers to be
// read; the ratio is what counts, both halves are measured in one run on the same machine.
//
//   node tests/e2e/lifecycle.mjs            YDT_BENCH_CASES (1000000), YDT_BENCH_SECONDS (20), YDT_BENCH_ENGINES
//                                           (sqlite,postgres), YDT_BENCH_POSTGRES (a server's address, else a private one)
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { postgres as privatePostgres } from "../bench/parts.mjs";
import { multiply, run } from "./multiply.mjs";
import { binary, endInOrder, Server } from "./server.mjs";

const CASES = Number(process.env.YDT_BENCH_CASES ?? 1_000_000);
const SECONDS = Number(process.env.YDT_BENCH_SECONDS ?? 20);
const ENGINES = (process.env.YDT_BENCH_ENGINES ?? "sqlite,postgres").split(",");
const AT_ONCE = 16;
/** Turns that the empty and the full database take. */
const ROUNDS = 4;
/** Cases that go through the API before their rows are copied; one in fifty of them stays open. */
const SEEDS = 200;
const VILLAGE = "230104111204";
const GOVERNMENT = "township-government-230104111000";

/** @typedef {{ status: number, etag: string, body: any }} Answer */

/** People's browsers, on connections that stay open. */
class People {
  #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  /** @type {Record<string, string>} */ #tokens = {};
  /** @type {Record<string, number>} */ #last = {};
  #server;

  /** @param {Server} server */
  constructor(server) {
    this.#server = server;
  }

  /** @param {string} username */
  async logsIn(username) {
    // A code works once: who logs in twice within half a minute waits for the next.
    const wait = (this.#last[username] ?? 0) + 31_000 - Date.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    this.#last[username] = Date.now();
    const body = execFileSync(binary("release"), [
      "demo-login",
      username,
      "--data-dir",
      this.#server.dataDir,
    ]);
    const session = await this.call("POST", "/auth/login", {}, JSON.parse(body.toString()));
    this.#tokens[username] = `Bearer ${session.body.access_token}`;
  }

  /** @param {string} username @param {Record<string, string>} [more] */
  as(username, more = {}) {
    return { authorization: this.#tokens[username] ?? "", ...more };
  }

  /**
   * @param {string} method @param {string} address @param {Record<string, string>} headers @param {unknown} [json]
   * @returns {Promise<Answer>}
   */
  call(method, address, headers, json) {
    const sent = json === undefined ? undefined : JSON.stringify(json);
    const type =
      sent === undefined
        ? {}
        : { "content-type": "application/json", "content-length": Buffer.byteLength(sent) };
    return new Promise((resolve, reject) => {
      const going = request(
        {
          agent: this.#agent,
          host: "127.0.0.1",
          port: this.#server.port,
          method,
          path: `/api/v1${address}`,
          headers: { ...headers, ...type },
        },
        (answer) => {
          /** @type {Buffer[]} */
          const parts = [];
          answer.on("data", (part) => parts.push(part));
          answer.on("end", () => {
            const text = Buffer.concat(parts).toString();
            const status = answer.statusCode ?? 0;
            if (status >= 300)
              return reject(new Error(`${method} ${address}: ${status} ${text.slice(0, 300)}`));
            resolve({ status, etag: String(answer.headers.etag ?? ""), body: JSON.parse(text) });
          });
          answer.on("error", reject);
        },
      );
      going.on("error", reject);
      going.end(sent);
    });
  }

  close() {
    this.#agent.destroy();
  }
}

/** One life, or its first steps. @param {People} people @param {boolean} [whole] */
async function life(people, whole = true) {
  const filed = await people.call(
    "POST",
    "/complaints",
    { "idempotency-key": randomBytes(24).toString("base64url") },
    {
      kind: "complaint",
      region_code: VILLAGE,
      category: "service",
      text: "村口的路灯坏了好几天，晚上接孩子看不清路，请派人来看看。",
      targets: [],
      identity: { mode: "anonymous" },
    },
  );
  const found = await people.call(
    "GET",
    `/admin/complaints?q=${filed.body.number}`,
    people.as("demo_triage"),
  );
  const id = found.body.items[0].id;
  let version = `"${found.body.items[0].version}"`;
  const act = async (/** @type {string} */ who, /** @type {object} */ action) => {
    const done = await people.call(
      "POST",
      `/admin/complaints/${id}/actions`,
      people.as(who, { "if-match": version }),
      action,
    );
    version = done.etag;
  };
  await act("demo_triage", { action: "accept" });
  await act("demo_triage", {
    action: "dispatch",
    organisation_id: GOVERNMENT,
    brief: "请核实路灯情况并维修。",
  });
  await act("demo_handler1", { action: "start" });
  if (!whole) return;
  await act("demo_handler1", {
    action: "submit_answer",
    facts: "已到现场查看，灯头烧坏。",
    basis: "维修记录",
    result: "resolved",
    remedy: "当天已更换。",
  });
  await act("demo_triage", { action: "approve" });
  const code = { "x-receipt-code": filed.body.receipt_code };
  await people.call("GET", "/receipt", code);
  await people.call("POST", "/receipt/rating", code, { rating: "satisfied" });
}

/** Whole lives a second. @param {People} people @param {number} seconds */
async function measure(people, seconds) {
  let lives = 0;
  let counting = false;
  let going = true;
  const workers = Array.from({ length: AT_ONCE }, async () => {
    while (going) {
      await life(people);
      if (counting && going) lives += 1;
    }
  });
  await new Promise((done) => setTimeout(done, 3_000));
  const began = performance.now();
  counting = true;
  await new Promise((done) => setTimeout(done, seconds * 1_000));
  going = false;
  const took = (performance.now() - began) / 1_000;
  await Promise.all(workers);
  return lives / took;
}

/** A database and the program that serves it. */
class House {
  /** @param {"sqlite" | "postgres"} engine @param {string} [postgres] */
  static async open(engine, postgres) {
    if (postgres === undefined) delete process.env.DATABASE_URL;
    else process.env.DATABASE_URL = postgres;
    const dataDir = mkdtempSync(path.join(tmpdir(), "ydt-bench-"));
    const server = await Server.open({ file: binary("release"), dataDir });
    return new House(engine, postgres ?? path.join(dataDir, "yidiantong.db"), server);
  }

  /** @param {"sqlite" | "postgres"} engine @param {string} where @param {Server} server */
  constructor(engine, where, server) {
    this.engine = engine;
    this.where = where;
    this.server = server;
    this.people = new People(server);
  }

  async logsIn() {
    for (const username of ["demo_triage", "demo_handler1"]) await this.people.logsIn(username);
  }

  /** Fills the database; how many cases are in it then. @param {number} cases */
  async fill(cases) {
    await this.logsIn();
    for (let one = 0; one < SEEDS; one += 1) await life(this.people, one % 50 !== 0);
    await this.server.stop();
    const there = await multiply(this.engine, this.where, cases);
    if (this.engine === "postgres") process.env.DATABASE_URL = this.where;
    await this.server.begin();
    return there;
  }

  async close() {
    this.people.close();
    await this.server.stop();
    if (process.env.YDT_BENCH_KEEP) console.log(`kept: ${this.where}`);
    else rmSync(this.server.dataDir, { recursive: true, force: true });
  }
}

/** @param {number[]} numbers */
const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** @param {"sqlite" | "postgres"} engine @param {string} [small] @param {string} [large] */
async function bench(engine, small, large) {
  const [empty, full] = [await House.open(engine, small), await House.open(engine, large)];
  try {
    const began = performance.now();
    const cases = await full.fill(CASES);
    const minutes = ((performance.now() - began) / 60_000).toFixed(1);
    await empty.logsIn();
    await full.logsIn();
    /** @type {[number[], number[]]} */
    const rates = [[], []];
    // By turns, so that whatever else the machine does falls on both.
    for (let round = 0; round < ROUNDS; round += 1) {
      rates[0].push(await measure(empty.people, SECONDS / ROUNDS));
      rates[1].push(await measure(full.people, SECONDS / ROUNDS));
    }
    const [before, after] = [mean(rates[0]), mean(rates[1])];
    console.log(
      `${engine.padEnd(9)} ${before.toFixed(1).padStart(7)} lives/s empty   ${after.toFixed(1).padStart(7)} at ${cases.toLocaleString("en")} cases   ratio ${(after / before).toFixed(2)} (0.80)   [filled in ${minutes} min]`,
    );
  } finally {
    await empty.close();
    await full.close();
  }
}

endInOrder();
console.log(
  `Life cycle (file, find, accept, dispatch, start, answer, approve, read, rate), ${AT_ONCE} at once, ${SECONDS} s each`,
);
for (const engine of ENGINES) {
  if (engine === "sqlite") await bench("sqlite");
  if (engine === "postgres") {
    const given = process.env.YDT_BENCH_POSTGRES;
    const postgres = given ? { address: given, stop: () => {} } : privatePostgres();
    try {
      await run("postgres", postgres.address, "CREATE DATABASE bench_large;");
      await bench("postgres", postgres.address, postgres.address.replace(/[^/]*$/, "bench_large"));
    } finally {
      postgres.stop();
    }
  }
}
