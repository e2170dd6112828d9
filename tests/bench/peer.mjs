// The peer of every number on PostgreSQL: pgbench, sending the statements that the program was seen to send.
// What differs between two runs of one request is a key, and pgbench makes another for each of its own.
import { spawn } from "node:child_process";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { run } from "../e2e/multiply.mjs";
import { atTheEnd, file } from "./parts.mjs";

/** @typedef {{ sql: string, values: (string | null)[] }} Statement */
/** @typedef {Statement[]} Exchange what one connection sent from one look whether it lives to the next */

/** The log since a place, entries put together again. @param {string} log @param {number} from */
function entries(log, from) {
  const bytes = Buffer.alloc(statSync(log).size - from);
  const handle = openSync(log, "r");
  readSync(handle, bytes, 0, bytes.length, from);
  closeSync(handle);
  return bytes.toString().split(/\n(?!\t)/);
}

/** @param {string} detail `$1 = 'a', $2 = NULL` */
function parameters(detail) {
  const found = detail.matchAll(/\$\d+ = (?:NULL|'((?:[^']|'')*)')/g);
  return [...found].map(([, text]) => text?.replaceAll("''", "'").replaceAll("\n\t", "\n") ?? null);
}

/**
 * Everything that each connection sent while `act` ran, cut where a connection was taken from the pool.
 * @param {{ address: string, at: (database: string) => string, log: string }} server @param {string} database
 * @param {() => Promise<unknown>} act opens connections of its own: only those are logged
 */
export async function capture(server, database, act) {
  const set = (/** @type {string} */ what) => run("postgres", server.address, `ALTER DATABASE ${database} ${what};`);
  await set("SET log_statement = 'all'");
  const from = statSync(server.log).size;
  await act();
  await set("RESET log_statement");
  /** @type {Map<string, Exchange>} */
  const open = new Map();
  /** @type {Exchange[]} */
  const done = [];
  for (const entry of entries(server.log, from)) {
    const read = /^\S+ \S+ \S+ \[(\d+)\] (LOG|DETAIL): {2}(?:(statement|execute [^:]*|parameters): )?([^]*)$/.exec(entry);
    if (!read) continue;
    const [, pid = "", , kind = "", text = ""] = read;
    const exchange = open.get(pid) ?? [];
    open.set(pid, exchange);
    if (kind === "parameters") {
      const last = exchange.at(-1);
      if (last) last.values = parameters(text);
    } else if (kind !== "") {
      exchange.push({ sql: text.replaceAll("\n\t", "\n"), values: [] });
      if (/^(COMMIT|ROLLBACK)\b/.test(text)) {
        done.push(exchange);
        open.delete(pid);
      }
    }
  }
  return done;
}

/**
 * The last two exchanges of the kind that came most often: one that filled a cache is none of them.
 * @param {Exchange[]} exchanges @returns {[Exchange, Exchange]}
 */
export function usual(exchanges) {
  /** @type {Map<string, Exchange[]>} */
  const kinds = new Map();
  for (const exchange of exchanges) {
    const kind = exchange.map(({ sql }) => sql).join("\n");
    kinds.set(kind, [...(kinds.get(kind) ?? []), exchange]);
  }
  const [most = []] = [...kinds.values()].sort((one, other) => other.length - one.length);
  const [other, one] = most.slice(-2);
  if (!one || !other) throw new Error("it was not logged twice");
  return [one, other];
}

/** Ids, case numbers and digests; instants and whole documents stay as they were. @param {string} value */
const isKey = (value) => /^[\w-]{8,}$/.test(value) && !/^\d+$/.test(value);

/**
 * The keys of one exchange: what differs in another of the same kind.
 * @param {Exchange} one @param {Exchange} other
 */
export function varying(one, other) {
  /** @type {Set<string>} */
  const keys = new Set();
  const same = one.length === other.length && one.every(({ sql }, at) => sql === other[at]?.sql);
  if (!same) throw new Error("two runs of one request sent different statements");
  one.forEach(({ values }, at) => {
    values.forEach((value, place) => {
      const inner = value?.replace(/^\{(.*)\}$/, "$1") ?? "";
      if (value !== other[at]?.values[place] && isKey(inner)) keys.add(inner);
    });
  });
  return keys;
}

/** A text as pgbench passes it on: a colon would begin one of its variables. @param {string} text */
const quoted = (text) =>
  `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n").replaceAll(":", "\\x3a")}'`;

/**
 * The exchange as a script of pgbench. A key becomes a number of its own, spread like the dice's, and as long
 * as the key was; `known` keys are those of rows that are there.
 * @param {Exchange} exchange @param {Set<string>} keys @param {{ head?: string[], known?: Map<string, string> }} [given]
 */
export function script(exchange, keys, { head = [], known = new Map() } = {}) {
  const names = [...keys].filter((key) => !known.has(key));
  const expression = (/** @type {string} */ key) => {
    const there = known.get(key);
    if (there !== undefined) return there;
    const at = names.indexOf(key);
    if (at < 0) return quoted(key);
    const front = key.slice(0, Math.max(0, key.length - 12));
    return front === "" ? `:key${at}` : `(${quoted(front)} || :key${at})`;
  };
  const literal = (/** @type {string | null} */ value) => {
    if (value === null) return "NULL";
    const list = /^\{([\w-]+)\}$/.exec(value)?.[1];
    if (list !== undefined && (keys.has(list) || known.has(list))) return `ARRAY[${expression(list)}]`;
    return expression(value);
  };
  const spread = 900_000_000_000;
  return [
    "\\set turns :turns + 1",
    ...head,
    ...names.map(
      (_, at) => `\\set key${at} 100000000000 + permute(:base + :client_id * 10000000 + :turns, ${spread}, ${at + 1})`,
    ),
    ...exchange.map(({ sql, values }) => {
      const filled = sql.replace(/\$(\d+)/g, (_, place) => literal(values[place - 1] ?? null));
      return `${filled.replace(/;\s*$/, "").replaceAll("\n", " ")};`;
    }),
  ].join("\n");
}

/**
 * Transactions a second that pgbench gets through.
 * @param {string} address @param {string} text @param {{ clients: number, seconds?: number, each?: number, turn?: number }} size
 * for some seconds, or so many for each client
 * @returns {Promise<number>}
 */
export function pgbench(address, text, { clients, seconds, each, turn = 0 }) {
  const length = seconds === undefined ? ["-t", String(each)] : ["-T", String(Math.ceil(seconds))];
  const begin = ["-D", "turns=0", "-D", `base=${(turn * 100 + clients) * 1_000_000_000}`];
  const how = ["-n", "-M", "prepared", "-c", String(clients), "-j", "2", "--max-tries=1000"];
  const child = spawn("pgbench", [...how, ...length, ...begin, "-f", file("peer.sql", text), address], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  atTheEnd(() => child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      const rate = Number(/^tps = ([\d.]+)/m.exec(said)?.[1]);
      const failed = Number(/^number of failed transactions: (\d+)/m.exec(said)?.[1] ?? 0);
      if (code !== 0 || failed > 0 || !(rate > 0)) reject(new Error(`pgbench:\n${said}`));
      else resolve(rate);
    });
  });
}
