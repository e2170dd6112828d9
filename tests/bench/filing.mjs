// `POST /complaints` at 64 connections. SQLite: many commits behind one fsync against one transaction for each
// request. PostgreSQL: the program against pgbench sending the very statements that the program sends.
//
//   node tests/bench/filing.mjs [--seconds 20] [--connections 64] [--sqlite 1] [--postgres 1]
import { binary, endInOrder, Server } from "../e2e/server.mjs";
import { folder, heading, line, load, postgres, round, scale } from "./parts.mjs";
import { capture, pgbench, script, varying } from "./peer.mjs";

const { seconds, connections, sqlite, postgres: wanted } = scale({
  seconds: 20,
  connections: 64,
  sqlite: 1,
  postgres: 1,
});
/** The halves take turns, so that whatever else the machine does falls on both. */
const TURNS = 2;

/** @param {Record<string, string>} env */
const open = (env) => Server.open({ file: binary("release"), dataDir: folder(), role: "api", env });

/** @typedef {import("./parts.mjs").Load} Load */
/** @param {Server} server @param {string} run */
const file = (server, run) =>
  load(server.origin, "filing.lua", { connections, seconds: seconds / TURNS }, { run });

/** @param {Load[]} turns */
function together(turns) {
  const bad = turns.map((turn) => turn.requests - turn.good).reduce((sum, one) => sum + one, 0);
  return {
    rate: turns.reduce((sum, turn) => sum + turn.rate, 0) / turns.length,
    p99: Math.max(...turns.map((turn) => turn.p99)),
    max: Math.max(...turns.map((turn) => turn.max)),
    note: bad > 0 ? `${bad} were not taken` : "",
  };
}

async function onSqlite() {
  heading(`POST /complaints on SQLite, synchronous=FULL, ${connections} connections`);
  const grouped = await open({});
  const single = await open({ YDT_SQLITE_GROUP: "1" });
  /** @type {[Load[], Load[]]} */
  const turns = [[], []];
  for (let turn = 0; turn < TURNS; turn += 1) {
    turns[0].push(await file(grouped, `g${turn}`));
    turns[1].push(await file(single, `s${turn}`));
  }
  const [ours, peer] = [together(turns[0]), together(turns[1])];
  line("group commit, filings/s", ours.rate, "", ours.note);
  line("one transaction for each request, filings/s", peer.rate, "", peer.note);
  line("    ratio", ours.rate / peer.rate, "≥ 3");
  line("    worst latency with group commit, ms", ours.max, "< 500", `p99 ${round(ours.p99)} ms`);
  await grouped.close();
  await single.close();
}

/**
 * A filing is one transaction; the first ones still fill what the program remembers.
 * @param {import("./peer.mjs").Exchange[]} exchanges @returns {[import("./peer.mjs").Exchange, import("./peer.mjs").Exchange]}
 */
function lastTwo(exchanges) {
  const filed = (/** @type {import("./peer.mjs").Exchange} */ exchange) =>
    exchange.some(({ sql }) => /^INSERT INTO "complaints"/.test(sql));
  const [other, one] = exchanges.filter(filed).slice(-2);
  if (!one || !other) throw new Error("no filing was logged");
  return [one, other];
}

async function onPostgres() {
  heading(`POST /complaints on PostgreSQL, ${connections} connections`);
  const database = postgres();
  const server = await open({ DATABASE_URL: database.address });
  const logged = () => load(server.origin, "filing.lua", { connections: 1, seconds: 1 }, { run: "log" });
  await server.stop();
  const transactions = await capture(database, "bench", async () => {
    await server.begin();
    await logged();
    await server.stop();
  });
  await server.begin();
  const [one, other] = lastTwo(transactions);
  const peer = script(one, varying(one, other));
  /** @type {Load[]} */
  const ours = [];
  /** @type {number[]} */
  const theirs = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    ours.push(await file(server, `p${turn}`));
    for (const clients of [8, connections]) {
      theirs.push(await pgbench(database.address, peer, { clients, seconds: seconds / TURNS / 2, turn }));
    }
  }
  const { rate, max, p99, note } = together(ours);
  const best = Math.max(...theirs);
  line("ours, filings/s", rate, "", note);
  line("pgbench, the same statements, transactions/s", best, "", `8 and ${connections} clients by turns: ${theirs.map(round).join(", ")}`);
  line("    ratio", rate / best, "≥ 0.8", `${one.length} statements each`);
  line("    worst latency of ours, ms", max, "", `p99 ${round(p99)} ms`);
  await server.close();
  database.stop();
}

endInOrder();
if (sqlite) await onSqlite();
if (wanted) await onPostgres();
process.exit();
