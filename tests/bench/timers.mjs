// 100,000 clocks run out within one minute, on PostgreSQL and Redis, and one worker process does what they ask
// for. A few hundred cases are filed through the API and come to the eve of their deadline by themselves; copies
// of their rows make up the rest. Beside it pgbench, sending the statements of one effect; and what a pending
// timer costs in Redis.
//
//   node tests/bench/timers.mjs [--timers 100000] [--peer 20000] [--span 60]
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { FIRST, multiply, run } from "../e2e/multiply.mjs";
import { binary, endInOrder, Server } from "../e2e/server.mjs";
import { atTheEnd, folder, heading, line, load, postgres, redis, round, scale } from "./parts.mjs";
import { capture, pgbench, script, usual, varying } from "./peer.mjs";

const { timers, peer, span } = scale({
  timers: 100_000,
  peer: 20_000,
  // Seconds from the first mark to the last.
  span: 60,
});
const SEEDS = Math.min(200, timers);
/** µs */
const HOUR = 3_600_000_000;
/** The clocks are at this step when they are copied; its letters go out in office hours, after the bench. */
const STEP = "red";
/** What the copies' ids begin with, as long as an id of the program without the twelve digits that follow. */
const NAMED = "bench-timers-0000000";

const database = postgres();
const sql = async (/** @type {string} */ text, where = database.address) => (await run("postgres", where, `${text};`)).trim();

/** Puts the demo's clock somewhere; nobody runs it. @param {number} micros @param {string} [where] */
const setClock = (micros, where) =>
  sql(`UPDATE clock_base SET base_case = ${micros}, base_wall = 0, last_case = ${micros}, speed = 1`, where);

/** One worker process. @param {string} dataDir @param {Record<string, string>} env */
function worker(dataDir, env) {
  const child = spawn(binary("release"), ["demo", "--role", "worker", "--data-dir", dataDir], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const end = () => child.kill("SIGKILL");
  atTheEnd(end);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  return {
    /** @param {() => Promise<boolean>} done */
    async until(done) {
      while (!(await done())) {
        if (child.exitCode !== null) throw new Error("the worker ended");
        await sleep(500);
      }
      end();
      await gone;
    },
  };
}

/**
 * Files the seeds, and lets a worker bring them to an hour before their deadline: their next step is the one wanted.
 * @param {Server} server
 */
async function fileSeeds(server) {
  const since = (await server.caseTime()).getTime() * 1_000;
  const seeds = `received_at >= ${since}`;
  const filed = `SELECT count(*) FROM complaints WHERE ${seeds}`;
  while (Number(await sql(filed)) < SEEDS) await load(server.origin, "filing.lua", { connections: 4, seconds: 1 });
  await server.stop();
  const clocks = `FROM timers t JOIN complaints c ON c.id = t.complaint_id WHERE c.${seeds} AND stage = 'accept'`;
  await setClock(Number(await sql(`SELECT min(due_at) ${clocks}`)) - HOUR);
  const elsewhere = `SELECT count(*) ${clocks} AND next_step IS DISTINCT FROM '${STEP}'`;
  await worker(server.dataDir, env).until(async () => (await sql(elsewhere)) === "0");
  return seeds;
}

/** The statements of one effect, as a script of pgbench that goes from case to case. @param {string} dataDir @param {string} seeds @param {number} due */
async function effect(dataDir, seeds, due) {
  await sql("CREATE DATABASE capture TEMPLATE bench");
  const where = database.at("capture");
  await setClock(due, where);
  const fired = `SELECT count(*) FROM escalations e JOIN complaints c ON c.id = e.complaint_id WHERE c.${seeds} AND step = '${STEP}'`;
  const sent = await capture(database, "capture", () =>
    worker(dataDir, { DATABASE_URL: where }).until(async () => Number(await sql(fired, where)) >= SEEDS),
  );
  const cases = new Set((await sql(`SELECT id FROM complaints WHERE ${seeds}`, where)).split("\n"));
  const of = (/** @type {import("./peer.mjs").Exchange} */ exchange) => {
    const taken = exchange.find(({ sql: text }) => /^INSERT INTO "escalations"/.test(text));
    return taken?.values.find((value) => value !== null && cases.has(value)) ?? undefined;
  };
  // A worker may try an effect again: only what was sent once, in the end, is its statements.
  const effects = sent.filter((exchange) => of(exchange) !== undefined && /^COMMIT/.test(exchange.at(-1)?.sql ?? ""));
  const [one, other] = usual(effects);
  const id = of(one) ?? "";
  return { one, other, id };
}

/** Every timer of the copies goes into Redis, as the program writes it; bytes that one costs. @param {Awaited<ReturnType<typeof redis>>} queue */
async function fillQueue(queue) {
  const key = queue.cli("--scan", "--pattern", "yidiantong:*").split("\n")[0] ?? "";
  if (!key.endsWith(":due:v1")) throw new Error("the program left no queue in Redis");
  const rows = await sql(`SELECT (next_at + 999) / 1000, complaint_id || '/' || stage || '/' || round FROM timers
    WHERE next_at IS NOT NULL AND complaint_id LIKE '${NAMED}%'`);
  queue.cli("DEL", key);
  const before = queue.used();
  const ids = rows.split("\n").map((row) => row.split("|"));
  queue.pipe(ids.map(([at = "", id = ""]) => ["ZADD", key, at, id]));
  const set = Number(queue.cli("MEMORY", "USAGE", key, "SAMPLES", "0"));
  return { count: ids.length, used: queue.used() - before, set };
}

/** What must be true of every effect once all are written. */
async function exactlyOnce() {
  const ours = `LIKE '${NAMED}%'`;
  /** @param {string} table @param {string} column @param {string} where */
  const each = (table, column, where) =>
    sql(`SELECT count(*), count(DISTINCT ${column}) FROM ${table} WHERE ${column} ${ours} AND ${where}`);
  const all = `${timers}|${timers}`;
  const found = {
    escalations: await each("escalations", "complaint_id", `step = '${STEP}'`),
    "lines of history": await each("complaint_events", "complaint_id", "action = 'overdue'"),
    "audit rows": await each("audit", "object_id", `action = '${STEP}'`),
    "clocks at their next step": await each("timers", "complaint_id", "stage = 'accept' AND next_step = 'county' AND attempts = 0"),
  };
  const letters = await sql(`SELECT count(*) / ${timers}.0 FROM outbox WHERE template = '${STEP}' AND created_at >=
    (SELECT min(fired_at) FROM escalations WHERE complaint_id ${ours} AND step = '${STEP}')`);
  const wrong = Object.entries(found).filter(([, counted]) => counted !== all);
  return { wrong, letters: Number(letters) };
}

endInOrder();
heading(`${timers.toLocaleString("en")} timers due in ${span} s, PostgreSQL and Redis, one worker process`);
const queue = await redis();
const dataDir = folder();
const env = { DATABASE_URL: database.address, REDIS_URL: queue.url };
const server = await Server.open({ file: binary("release"), dataDir, env });
const seeds = await fileSeeds(server);
const due = Number(await sql(`SELECT min(next_at) FROM timers t JOIN complaints c ON c.id = t.complaint_id WHERE c.${seeds} AND stage = 'accept'`));
const { one, other, id } = await effect(dataDir, seeds, due);

await multiply("postgres", database.address, timers, { seeds, townships: "code = '230104111000'", named: NAMED, letters: false });
// The seeds' own clocks, and those of the demo, keep out of the way; and exactly so many are to fall due.
await sql(`UPDATE timers SET next_at = NULL WHERE complaint_id NOT LIKE '${NAMED}%' OR right(complaint_id, 12)::bigint > ${FIRST + timers}`);
// They fall due in no order of their ids, which the program makes of dice: neighbours in an index seldom meet.
await sql(`UPDATE timers t SET next_at = next_at + s.place * ${span * 1_000_000} / ${timers}
  FROM (SELECT complaint_id, row_number() OVER (ORDER BY md5(complaint_id)) AS place FROM timers
    WHERE complaint_id LIKE '${NAMED}%' AND stage = 'accept' AND next_at IS NOT NULL) AS s
  WHERE t.complaint_id = s.complaint_id AND stage = 'accept'`);
await sql("VACUUM ANALYZE");
const { count, used, set } = await fillQueue(queue);
await sql("CREATE DATABASE peer TEMPLATE bench");

const undone = async () => Number(await sql("SELECT xact_rollback FROM pg_stat_database WHERE datname = 'bench'"));
const undoneBefore = await undone();
await setClock(due - 2_000_000);
const fired = `SELECT count(*) FROM escalations WHERE step = '${STEP}' AND complaint_id LIKE '${NAMED}%'`;
const began = performance.now();
let seen = 0;
await worker(dataDir, env).until(async () => {
  seen = Number(await sql(fired));
  return seen >= timers || performance.now() - began > 1_800_000;
});
const last = Number(await sql(`SELECT max(fired_at) FROM escalations WHERE step = '${STEP}' AND complaint_id LIKE '${NAMED}%'`));
const took = (last - due) / 1e6;
const { wrong, letters } = await exactlyOnce();

const rates = [];
for (const clients of [8, 16]) {
  await sql(`CREATE DATABASE peer${clients} TEMPLATE peer`);
  // A transaction that is tried again takes another case: there are twice as many as are needed.
  const each = Math.floor(Math.min(peer, timers / 2) / clients);
  const share = Math.floor(timers / clients);
  const known = new Map([[id, `('${NAMED}' || :case)`]]);
  // Turns begin with 1, as the numbers of the cases do after the first.
  const head = [`\\set case ${FIRST} + 1 + permute(:client_id * ${share} + :turns - 1, ${timers}, 1)`];
  const text = script(one, varying(one, other), { head, known });
  rates.push(await pgbench(database.at(`peer${clients}`), text, { clients, each }));
  await sql(`DROP DATABASE peer${clients}`);
}
const best = Math.max(...rates);
line("every effect written after, s", took, "≤ 300", seen >= timers ? `from the first mark; the marks alone span ${span} s` : `only ${seen} were`);
line("    exactly once", wrong.length === 0 ? "yes" : "NO", "yes", wrong.map(([what, counted]) => `${what}: ${counted}`).join(", ") || `${letters} letters each; by escalations, history, audit, clocks`);
line("ours, effects/s", timers / took, "", `${(await undone()) - undoneBefore} transactions were undone, most of them tried again`);
line("pgbench, the same statements, transactions/s", best, "", `8 and 16 clients: ${rates.map(round).join(", ")}; ${one.length} statements each`);
line("    ratio", timers / took / best);
line("Redis, bytes a pending timer costs", used / count, "", `used_memory of ${count.toLocaleString("en")}; MEMORY USAGE says ${round(set / count)}`);
process.exit(wrong.length === 0 ? 0 : 1);
