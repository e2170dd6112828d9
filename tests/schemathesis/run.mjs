// Holds both documents against the real program: a demo of its own, asked by schemathesis (MIT) as anybody, as whoever
// holds a receipt, and as every role of the staff. No 5xx, no status, type, header or body that the document does not
// say, and nothing accepted that does not fit it.
//
//   node tests/schemathesis/run.mjs [ROLE... | packages]     YDT_BIN names the program, YDT_SOAK=1 asks for the long form
//
// Ten requests an operation and role, always the same ones; in the long form 300, and those that go to the edges.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { endInOrder, ROOT, Server } from "../e2e/server.mjs";
import { holdPackages } from "./packages.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const VERSION = "4.32.5";
const tools = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "yidiantong", "tools");
const program = path.join(tools, `schemathesis-${VERSION}`, "bin", "schemathesis");
/** A village of the demo with everything in it. */
const VILLAGE = "230104111204";
const soak = process.env.YDT_SOAK === "1";
/** Processors' worth of runs side by side: the server needs the rest. */
const AT_ONCE = 2;

const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "negative_data_rejection",
  "missing_required_header",
  "unsupported_method",
  // Our own, in hooks.py.
  "comes_in",
];

/** Operations of the permission table: method and path, and who may. */
function permissions() {
  const rows = readFileSync(path.join(ROOT, "openapi/permissions.md"), "utf8").matchAll(
    /^\| `([A-Z]+) ([^`]+)` \| ([^|]*) \|/gm,
  );
  return [...rows].map(([, method, address, who]) => ({
    method,
    address,
    who: (who?.split("; ")[0] ?? "").split(", "),
  }));
}

/** @param {string} document */
function operations(document) {
  const { paths } = JSON.parse(readFileSync(path.join(ROOT, `openapi/${document}.json`), "utf8"));
  return Object.entries(paths).flatMap(([address, item]) =>
    Object.entries(item).map(([method, { operationId }]) => ({
      name: `${method.toUpperCase()} ${address.replace("/api/v1", "")}`,
      operationId,
    })),
  );
}

/** The ids of the operations that somebody may call. @param {string} document @param {(who: string[]) => boolean} may */
function mine(document, may) {
  const allowed = new Set(
    permissions()
      .filter(({ who }) => may(who))
      .map(({ method, address }) => `${method} ${address}`),
  );
  return operations(document)
    .filter(({ name }) => allowed.has(name))
    .map(({ operationId }) => operationId);
}

/**
 * @typedef {object} Run
 * @property {string} name as whom
 * @property {"public" | "admin"} document
 * @property {string[]} operations
 * @property {Record<string, string>} env
 */

/** @param {string} origin @param {string} method @param {string} address @param {any} body @param {Record<string, string>} headers */
async function ask(origin, method, address, body, headers) {
  const answer = await fetch(`${origin}/api/v1${address}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Complaints to act on, by their receipts: one is soon withdrawn, others go on. @param {string} origin */
async function receipts(origin) {
  const codes = [];
  for (let count = 0; count < 8; count += 1) {
    const filed = await ask(
      origin,
      "POST",
      "/complaints",
      {
        kind: "complaint",
        region_code: VILLAGE,
        category: "service",
        text: "盖个章跑了三趟，每次都说人不在。",
        targets: [],
        identity: { mode: "anonymous" },
      },
      { "idempotency-key": `schemathesis-${process.pid}-${count}-${"x".repeat(16)}` },
    );
    codes.push(filed.receipt_code);
  }
  return codes;
}

/** @param {Server} server @returns {Promise<Run[]>} */
async function runs(server) {
  const file = path.join(server.dataDir, "demo-accounts.json");
  /** @type {{ role: string, username: string }[]} */
  const accounts = JSON.parse(readFileSync(file, "utf8"));
  const roles = [...new Set(accounts.map(({ role }) => role))];
  const staff = roles.map((role) => ({
    name: role,
    document: /** @type {const} */ ("admin"),
    operations: mine("admin", (who) => who.includes(role)),
    env: { YDT_ACCOUNT: JSON.stringify(accounts.find((account) => account.role === role)) },
  }));
  const outside = {
    name: "anybody",
    document: /** @type {const} */ ("admin"),
    operations: mine("admin", (who) => !roles.some((role) => who.includes(role))),
    env: {},
  };
  const villagers = {
    name: "villagers",
    document: /** @type {const} */ ("public"),
    operations: mine("public", () => true),
    env: { YDT_RECEIPTS: JSON.stringify(await receipts(server.origin)) },
  };
  return [villagers, outside, ...staff];
}

/**
 * Runs one, and prints what it found when it is over: two that speak at once are hard to follow.
 * @param {Server} server @param {Run} run @param {string} folder
 * @returns {Promise<[number, number]>} operations that hold, and that do not
 */
async function hold(server, run, folder) {
  const report = path.join(folder, `${run.name}.xml`);
  const seen = path.join(folder, `${run.name}.json`);
  const words = [
    "run",
    path.join(ROOT, `openapi/${run.document}.json`),
    ...["--url", server.origin, "--seed", "1", "--generation-database", "none", "--checks", CHECKS.join(",")],
    ...["--phases", soak ? "examples,coverage,fuzzing,stateful" : "fuzzing"],
    ...["--max-examples", soak ? "300" : "10", "--warnings", "off", "--suppress-health-check", "all"],
    ...["--request-timeout", "60", "--report-junit-path", report],
    ...run.operations.flatMap((id) => ["--include-operation-id", id]),
  ];
  const env = {
    ...process.env,
    ...run.env,
    NO_COLOR: "1",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONPATH: here,
    SCHEMATHESIS_HOOKS: "hooks",
    YDT_ORIGIN: server.origin,
    YDT_VILLAGE: VILLAGE,
    YDT_SEEN: seen,
  };
  const began = Date.now();
  const child = spawn(program, ["--config-file", path.join(here, "schemathesis.toml"), ...words], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const status = await new Promise((resolve) => child.once("exit", resolve));
  // Without a report nothing was held.
  const text = (/** @type {string} */ file) => (existsSync(file) ? readFileSync(file, "utf8") : "");
  const [head] = text(report).match(/<testsuites [^>]*>/) ?? [""];
  const count = (/** @type {string} */ name) => Number(head.match(new RegExp(`${name}="(\\d+)"`))?.[1] ?? 0);
  const broken = count("failures") + count("errors");
  const held = count("tests") - broken - count("skipped");
  const missed = Math.max(0, run.operations.length - held - broken);
  const failed = Math.max(broken + missed, status === 0 ? 0 : 1);
  if (failed > 0) console.log(said);
  const done = Object.values(JSON.parse(text(seen) || "{}")).filter((times) => times > 0).length;
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(
    `${run.name}: ${held} hold, ${failed} do not; ${done} of ${run.operations.length} were seen to succeed; ${seconds} s`,
  );
  return [held, failed];
}

endInOrder();
const wanted = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), "ydt-schemathesis-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const server = await Server.open();
const waiting = (await runs(server)).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (waiting.length === 0 && !wanted.includes("packages"))
  throw new Error(`nobody is called ${wanted.join(" or ")}`);
let [passed, failed] = [0, 0];
const work = async () => {
  for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
    const [good, bad] = await hold(server, run, folder);
    passed += good;
    failed += bad;
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, work));
if (wanted.length === 0 || wanted.includes("packages")) {
  const [good, bad] = await holdPackages(server.origin, VILLAGE, folder);
  passed += good;
  failed += bad;
}
const ready = await fetch(`${server.origin}/readyz`);
if (!ready.ok) {
  console.log(`the server is not ready afterwards: ${ready.status}`);
  failed += 1;
}
await server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
