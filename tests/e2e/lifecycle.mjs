// `make bench`: how many whole lives of a case (file, accept, dispatch, start, answer, approve, read) the program
// carries a second, on a database with hardly a case and on one with a million, on both engines. Numbers to be
// read; the ratio is what counts, both halves are measured in one run on the same machine.
//
//   node tests/e2e/lifecycle.mjs            YDT_BENCH_CASES (1000000), YDT_BENCH_SECONDS (20), YDT_BENCH_ENGINES
//                                           (sqlite,postgres), YDT_BENCH_POSTGRES (a server's address, else a private one)
import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { multiply, run } from "./multiply.mjs";
import { binary, endInOrder, Server } from "./server.mjs";

const CASES = Number(process.env.YDT_BENCH_CASES ?? 1_000_000);
const SECONDS = Number(process.env.YDT_BENCH_SECONDS ?? 20);
const ENGINES = (process.env.YDT_BENCH_ENGINES ?? "sqlite,postgres").split(",");
const AT_ONCE = 16;
/** Cases that go through the API before their rows are copied; one in fifty of them stays open. */
const SEEDS = 200;
const VILLAGE = "230104111204";
const GOVERNMENT = "township-government-230104111000";

/** @typedef {{ status: number, etag: string, body: any }} Answer */

/** People's browsers, on connections that stay open. */
class People {
  #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  /** @type {Record<string, string>} */ #tokens = {};
  #server;

  /** @param {Server} server */
  constructor(server) {
    this.#server = server;
  }

  /** @param {string} username */
  async logsIn(username) {
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

/** A private PostgreSQL, as the tests start one. */
function privatePostgres() {
  if (process.env.YDT_BENCH_POSTGRES) return { address: process.env.YDT_BENCH_POSTGRES, stop: () => {} };
  const script = path.join(path.dirname(new URL(import.meta.url).pathname), "../postgres.sh");
  const begun = spawnSync("bash", [script, "start"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (begun.status !== 0) throw new Error("PostgreSQL did not start");
  const [home = "", address = ""] = begun.stdout.trim().split(/\s+/);
  return { address, stop: () => spawnSync("bash", [script, "stop", home]) };
}

/** @param {"sqlite" | "postgres"} engine @param {string} [postgres] */
async function bench(engine, postgres) {
  const dataDir = mkdtempSync(path.join(tmpdir(), "ydt-bench-"));
  if (postgres === undefined) delete process.env.DATABASE_URL;
  else process.env.DATABASE_URL = postgres;
  const server = await Server.open({ file: binary("release"), dataDir });
  const where = postgres ?? path.join(dataDir, "yidiantong.db");
  const people = new People(server);
  const login = async () => {
    for (const username of ["demo_triage", "demo_handler1"]) await people.logsIn(username);
  };
  try {
    await login();
    for (let one = 0; one < SEEDS; one += 1) await life(people, one % 50 !== 0);
    await server.stop();
    // What is copied is these lives alone, so that open ones stay one in fifty.
    await server.begin();
    const empty = await measure(people, SECONDS);
    await server.stop();
    const began = performance.now();
    const cases = await multiply(engine, where, CASES);
    const minutes = ((performance.now() - began) / 60_000).toFixed(1);
    await server.begin();
    const full = await measure(people, SECONDS);
    console.log(
      `${engine.padEnd(9)} ${empty.toFixed(1).padStart(7)} lives/s empty   ${full.toFixed(1).padStart(7)} at ${cases.toLocaleString("en")} cases   ratio ${(full / empty).toFixed(2)} (0.80)   [copied in ${minutes} min]`,
    );
  } finally {
    people.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

endInOrder();
console.log(
  `Life cycle (file, find, accept, dispatch, start, answer, approve, read, rate), ${AT_ONCE} at once, ${SECONDS} s each`,
);
for (const engine of ENGINES) {
  if (engine === "sqlite") await bench("sqlite");
  if (engine === "postgres") {
    const postgres = privatePostgres();
    try {
      await run("postgres", postgres.address, "SELECT 1;");
      await bench("postgres", postgres.address);
    } finally {
      postgres.stop();
    }
  }
}
