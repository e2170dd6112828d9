// A few hundred cases that went through the API become as many as a bench wants: their rows, as the program
// left them, are copied under other names and into other townships. SQL is the only way to a million in
// minutes; nothing about a row but its keys, its township and its unit changes.
import { spawn } from "node:child_process";

/** @typedef {"sqlite" | "postgres"} Engine */

/** The township whose cases are copied. */
const HOME = "230104111000";
/** Numbers of named cases begin after this one, so that all are as long. */
export const FIRST = 100_000_000_000;

/**
 * Pieces of SQL that the engines write differently.
 * @param {Engine} engine
 */
const dialect = (engine) =>
  engine === "sqlite"
    ? {
        before:
          "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF;",
        after: "ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);",
        numbers: (/** @type {number} */ n) =>
          `WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ${n}) SELECT k FROM n`,
        hex: (/** @type {string} */ k) => `printf('%08x', ${k})`,
        upper: (/** @type {string} */ k) => `printf('%08X', ${k})`,
      }
    : {
        // A superuser's switch: the copies keep every reference, and checking each would take an hour.
        before:
          "SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB';",
        after: "SET synchronous_commit = on; VACUUM ANALYZE;",
        numbers: (/** @type {number} */ n) => `SELECT k FROM generate_series(1, ${n}) AS n (k)`,
        hex: (/** @type {string} */ k) => `lpad(to_hex(${k}), 8, '0')`,
        upper: (/** @type {string} */ k) => `upper(lpad(to_hex(${k}), 8, '0'))`,
      };

/** Tables whose rows belong to a case, with the columns that are not copied as they are. */
const OF_CASES = /** @type {const} */ ([
  ["complaint_targets", {}],
  ["complaint_units", { organisation_id: "unit" }],
  ["complaint_identities", {}],
  ["complaint_events", { organisation_id: "unit" }],
  ["complaint_messages", {}],
  ["complaint_ratings", {}],
  ["timers", {}],
  ["escalations", { organisation_id: "unit" }],
]);

/**
 * What a bench wants otherwise.
 * @typedef {object} How
 * @property {string} [seeds] SQL: which cases are copied; all
 * @property {string} [townships] SQL: into which townships; all that have an organ
 * @property {string} [named] what the new cases' ids begin with, before a number that has no gaps
 * @property {boolean} [letters] whether letters are copied too; they are
 */

/** The number of a copy's case; the first is 1. @param {number} copies */
const ordinal = (copies) => `((s.no - 1) * ${copies} + n.k)`;

/**
 * The statements that copy every case of the bench `copies` times.
 * @param {Engine} engine @param {number} copies @param {Record<string, string[]>} columns of each table
 * @param {How} [how]
 */
export function statements(
  engine,
  copies,
  columns,
  { seeds = "true", townships = "true", named, letters = true } = {},
) {
  const sql = dialect(engine);
  const id = (/** @type {string} */ column) => `substr(${column}, 1, 24) || ${sql.hex("n.k")}`;
  const caseId = (/** @type {string} */ column) =>
    named === undefined ? id(column) : `'${named}' || (${FIRST} + ${ordinal(copies)})`;
  const unit = (/** @type {string} */ column) => `replace(${column}, '${HOME}', t.code)`;
  const copy = (
    /** @type {string} */ table,
    /** @type {Record<string, string>} */ changed,
    /** @type {string} */ join,
  ) => {
    const all = columns[table] ?? [];
    const taken = all.map((column) => changed[column] ?? `x.${column}`);
    return `INSERT INTO ${table} (${all.join(", ")}) SELECT ${taken.join(", ")} FROM bench_numbers n
      JOIN bench_townships t ON t.no = n.k % (SELECT count(*) FROM bench_townships) CROSS JOIN ${table} x ${join};`;
  };
  const seed = "JOIN bench_seeds s ON s.id = x.complaint_id";
  return [
    sql.before,
    `CREATE TABLE bench_numbers AS ${sql.numbers(copies)};`,
    `CREATE TABLE bench_townships AS SELECT code, row_number() OVER (ORDER BY code) - 1 AS no FROM regions
      WHERE level = 'township' AND ${townships} AND EXISTS (SELECT 1 FROM organisations o WHERE o.id = 'discipline-organ-' || code);`,
    `CREATE TABLE bench_seeds AS SELECT id, row_number() OVER (ORDER BY id) AS no FROM complaints WHERE ${seeds};`,
    "BEGIN;",
    copy(
      "complaints",
      {
        id: caseId("x.id"),
        number: `substr(${sql.upper(`s.no * ${copies + 1} + n.k`)}, 1, 4) || '-' || substr(${sql.upper(`s.no * ${copies + 1} + n.k`)}, 5, 4)`,
        receipt_mac: `x.receipt_mac || ${sql.hex("n.k")}`,
        idempotency_mac: `x.idempotency_mac || ${sql.hex("n.k")}`,
        region_code: "t.code",
        supervising_id: unit("x.supervising_id"),
        responsible_id: unit("x.responsible_id"),
      },
      "JOIN bench_seeds s ON s.id = x.id",
    ),
    ...OF_CASES.map(([table, changed]) =>
      copy(
        table,
        {
          complaint_id: caseId("x.complaint_id"),
          ...Object.fromEntries(Object.keys(changed).map((column) => [column, unit(`x.${column}`)])),
        },
        seed,
      ),
    ),
    copy(
      "audit",
      { id: id("x.id"), object_id: caseId("x.object_id"), case_id: caseId("x.case_id") },
      "JOIN bench_seeds s ON s.id = x.object_id",
    ),
    // As the program leaves them: each waits for its link.
    "INSERT INTO audit_pending (audit_id, wall_at) SELECT a.id, a.wall_at FROM audit a WHERE NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.audit_id = a.id) AND NOT EXISTS (SELECT 1 FROM audit_pending p WHERE p.audit_id = a.id);",
    letters ? copy("outbox", { id: id("x.id") }, "") : "",
    "COMMIT;",
    "DROP TABLE bench_numbers; DROP TABLE bench_townships; DROP TABLE bench_seeds;",
    sql.after,
  ];
}

/** The database's own client. @param {Engine} engine @param {string} where a path or an address @param {string[]} flags */
const client = (engine, where, flags) =>
  engine === "sqlite"
    ? { file: "sqlite3", args: ["-bail", ...flags, where] }
    : { file: "psql", args: ["-X", "-q", "-v", "ON_ERROR_STOP=1", ...flags, where] };

/**
 * Runs statements in one session; what they print.
 * @param {Engine} engine @param {string} where @param {string} sql
 * @returns {Promise<string>}
 */
export function run(engine, where, sql) {
  const { file, args } = client(engine, where, engine === "sqlite" ? [] : ["-A", "-t"]);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ["pipe", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve(said) : reject(new Error(`${file} ended with ${code}`)),
    );
    child.stdin.end(sql);
  });
}

/**
 * Copies what is there until there are about `wanted` cases (of those that are copied); how many there are then.
 * @param {Engine} engine @param {string} where @param {number} wanted @param {How} [how]
 */
export async function multiply(engine, where, wanted, how = {}) {
  const count = async (of = "true") =>
    Number((await run(engine, where, `SELECT count(*) FROM complaints WHERE ${of};`)).trim());
  const tables = ["complaints", ...OF_CASES.map(([table]) => table), "audit", "outbox"];
  /** @type {Record<string, string[]>} */
  const columns = {};
  for (const table of tables) {
    const sql =
      engine === "sqlite"
        ? `SELECT name FROM pragma_table_info('${table}');`
        : `SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '${table}' ORDER BY ordinal_position;`;
    columns[table] = (await run(engine, where, sql)).trim().split(/\s+/);
  }
  const copies = Math.ceil(wanted / (await count(how.seeds)));
  await run(engine, where, statements(engine, copies, columns, how).join("\n"));
  return count();
}
