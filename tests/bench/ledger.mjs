// `yidiantong import disclosure` of a ledger of 200,000 lines, with every check, against a database that merely takes
// the same rows: `sqlite3 .import` and PostgreSQL's COPY. Meanwhile villagers file at a server on the same database.
//
//   node tests/bench/ledger.mjs [--rows 200000] [--turns 3] [--sqlite 1] [--postgres 1]
import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { binary, endInOrder, Server } from "../e2e/server.mjs";
import { atTheEnd, folder, heading, line, median, postgres, round, scale, VILLAGE } from "./parts.mjs";

const { rows, turns, sqlite, postgres: wanted } = scale({ rows: 200_000, turns: 3, sqlite: 1, postgres: 1 });
/** Months before anything of the demo, one for each turn: what a village has published is never written over. */
const PERIODS = Array.from({ length: turns }, (_, turn) => `2024-${String(turn + 1).padStart(2, "0")}`);
/** Filings a second while a sheet comes in. */
const FILINGS = 20;
const PAYEES = ["县农资供应站", "东风村保洁队", "镇电力服务中心", "村民代表误工补贴", "利民建材商店"];
const SUMMARIES = ["村内道路维修用砂石款", "路灯电费", "春季绿化树苗款", "环境卫生清理劳务费", "办公用品"];
/** Of what was spent; what came in is 501. */
const ACCOUNTS = ["511", "512", "513", "514", "521"];

const yuan = (/** @type {number} */ fen) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;

/** The lines of a ledger: every tenth an income. @param {string} period */
function lines(period) {
  let balance = 100_000_000;
  return Array.from({ length: rows }, (_, at) => {
    const [income, expense] = at % 10 === 0 ? [1_000 * (at % 7) + 500_000, 0] : [0, 1_234 + (at % 997)];
    balance += income - expense;
    const kind = at % PAYEES.length;
    return { no: at + 1, day: `${period}-${String((at % 28) + 1).padStart(2, "0")}`, income, expense, balance, kind };
  }).sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : one.no - other.no));
}

/** As an accountant hands it in, and as rows of the table. @param {string} where @param {string} village @param {string} period */
function write(where, village, period) {
  const all = lines(period);
  let [balance, opening] = [100_000_000, 100_000_000];
  const sheet = [
    `${village}收支明细`,
    `村名,${village},期间,${period},期初余额(元),${yuan(opening)},期末余额(元),`,
    "序号,日期,凭证号,摘要,收入(元),支出(元),余额(元),科目编码,资金来源,收款单位,经手人,证明人,审批人,附件数",
  ];
  /** @type {string[]} */
  const table = [];
  all.forEach(({ day, income, expense, kind }, at) => {
    balance += income - expense;
    const no = at + 1;
    const words = [SUMMARIES[kind], "村集体资金", PAYEES[kind], "张经手", "李证明", "王审批"];
    const [summary, fund, payee, handled, witnessed, approved] = words;
    const account = income > 0 ? "501" : ACCOUNTS[kind];
    const voucher = `记-${String(no).padStart(6, "0")}`;
    sheet.push([no, day, voucher, summary, income ? yuan(income) : "", expense ? yuan(expense) : "", yuan(balance), account, fund, payee, handled, witnessed, approved, 1].join(","));
    const id = no.toString(16).padStart(32, "0");
    table.push([id, "sheet", no, day, voucher, summary, income, expense, balance, account, fund, payee, handled, witnessed, approved, 1].join(","));
  });
  sheet[1] += yuan(balance);
  const [given, bare] = [path.join(where, `${period}.csv`), path.join(where, `${period}.rows.csv`)];
  writeFileSync(given, `${sheet.join("\r\n")}\r\n`);
  writeFileSync(bare, `${table.join("\n")}\n`);
  return { given, bare };
}

const TABLE = `CREATE TABLE rows_only (id TEXT NOT NULL PRIMARY KEY, sheet_id TEXT NOT NULL, no INTEGER NOT NULL, day TEXT NOT NULL,
  voucher_no TEXT NOT NULL, summary TEXT NOT NULL, income_fen BIGINT NOT NULL, expense_fen BIGINT NOT NULL, balance_fen BIGINT NOT NULL,
  account_code TEXT, fund_source TEXT NOT NULL, payee TEXT NOT NULL, handled_by TEXT NOT NULL, witnessed_by TEXT NOT NULL,
  approved_by TEXT NOT NULL, file_count INTEGER NOT NULL, UNIQUE (sheet_id, no))`;

const seconds = (/** @type {() => void} */ act) => {
  const begun = performance.now();
  act();
  return (performance.now() - begun) / 1e3;
};

/** MB in RAM of a process and of those it began. @param {number} pid @returns {number[]} */
function family(pid) {
  const of = (/** @type {number} */ one) => {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/status`, "utf8"))?.[1];
    return (Number(kilobytes ?? 0) * 1024) / 1e6;
  };
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number),
    );
    return [of(pid), ...children.flatMap(family)];
  } catch {
    return []; // Ended meanwhile.
  }
}

/** @param {string} dataDir @param {string} given @param {string} period @param {Record<string, string>} env */
async function importing(dataDir, given, period, env) {
  const begun = performance.now();
  const words = ["import", "disclosure", given, "--region", VILLAGE, "--kind", "ledger", "--period", period, "--data-dir", dataDir];
  const child = spawn(binary("release"), words, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  atTheEnd(() => child.kill("SIGKILL"));
  let [said, largest, together] = ["", 0, 0];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const look = setInterval(() => {
    const members = family(child.pid ?? 0);
    largest = Math.max(largest, ...members);
    together = Math.max(together, members.reduce((sum, one) => sum + one, 0));
  }, 10);
  const code = await new Promise((resolve) => child.once("exit", resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`the import failed:\n${said.slice(0, 2_000)}`);
  return { took: (performance.now() - begun) / 1e3, largest, together };
}

/** Files until told to stop; the longest wait in seconds. @param {string} origin @param {{ over: boolean }} told */
async function filing(origin, told) {
  const body = JSON.stringify({
    kind: "complaint",
    region_code: VILLAGE,
    category: "service",
    targets: [],
    text: "村口的路灯坏了好几天，晚上接孩子看不清路，请派人来看看。",
    identity: { mode: "anonymous" },
  });
  /** @type {number[]} */
  const waits = [];
  const one = async () => {
    const begun = performance.now();
    const key = `bench-ledger-${begun.toFixed(3)}-${waits.length}-000000000`;
    const headers = { "content-type": "application/json", "idempotency-key": key };
    const answer = await fetch(`${origin}/api/v1/complaints`, { method: "POST", headers, body });
    if (answer.status !== 201) throw new Error(`a filing got ${answer.status}`);
    waits.push((performance.now() - begun) / 1e3);
  };
  /** @type {Promise<void>[]} */
  const all = [];
  while (!told.over) {
    all.push(one());
    await sleep(1_000 / FILINGS);
  }
  await Promise.all(all);
  return waits;
}

/**
 * @param {string} engine @param {Record<string, string>} env @param {string} peer
 * @param {(bare: string, turn: number) => number} bare seconds in which the peer took the rows
 */
async function measure(engine, env, peer, bare) {
  heading(`Import of a ledger of ${rows.toLocaleString("en")} lines on ${engine}, ${FILINGS} filings/s beside it`);
  const dataDir = folder();
  const server = await Server.open({ file: binary("release"), dataDir, role: "api", env });
  const region = await (await fetch(`${server.origin}/api/v1/regions/${VILLAGE}`)).json();
  const where = folder();
  /** @type {{ ours: number[], theirs: number[], waits: number[] }} */
  const seen = { ours: [], theirs: [], waits: [] };
  let [largest, together] = [0, 0];
  for (const [turn, period] of PERIODS.entries()) {
    const { given, bare: plain } = write(where, region.short_name ?? region.name, period);
    const told = { over: false };
    const filed = filing(server.origin, told);
    const took = await importing(dataDir, given, period, env);
    told.over = true;
    seen.waits.push(...(await filed));
    seen.ours.push(took.took);
    largest = Math.max(largest, took.largest);
    together = Math.max(together, took.together);
    seen.theirs.push(bare(plain, turn));
  }
  const ratios = seen.theirs.map((theirs, at) => theirs / (seen.ours[at] ?? Number.NaN));
  line("ours, with all checks, s", median(seen.ours), "", seen.ours.map(round).join(", "));
  line(`${peer}, s`, median(seen.theirs), "", seen.theirs.map(round).join(", "));
  line("    ratio of speeds", median(ratios), "≥ 0.2", ratios.map(round).join(", "));
  line("    the larger of our processes at most, MB", largest, "≤ 256", `with the reader's process ${Math.round(together)} MB`);
  line("    longest wait of a filing meanwhile, s", Math.max(...seen.waits), "≤ 0.5", `of ${seen.waits.length}, median ${round(median(seen.waits))}`);
  await server.close();
}

endInOrder();
if (sqlite) {
  await measure("SQLite", {}, "sqlite3 .import", (bare, turn) => {
    const database = path.join(folder(), `bare${turn}.db`);
    execFileSync("sqlite3", [database, TABLE]);
    return seconds(() => execFileSync("sqlite3", [database, ".mode csv", `.import ${bare} rows_only`]));
  });
}
if (wanted) {
  const database = postgres();
  await measure("PostgreSQL", { DATABASE_URL: database.address }, "COPY", (bare) => {
    execFileSync("psql", ["-q", database.address, "-c", "DROP TABLE IF EXISTS rows_only", "-c", TABLE]);
    return seconds(() => execFileSync("psql", ["-q", database.address, "-c", `\\copy rows_only FROM '${bare}' WITH (FORMAT csv)`]));
  });
  database.stop();
}
process.exit();
