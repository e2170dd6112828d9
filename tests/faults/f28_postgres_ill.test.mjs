// F28: PostgreSQL is there and does not do its work: it loses a connection during COMMIT, takes no writes, hangs
// without closing a connection, answers before it has kept, is served under an account that may not change the schema.
// People get an honest answer in bounded time, /readyz says why in two seconds, and a start says so in one line.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { api } from "./lib/api.mjs";
import { nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { file, filing } from "./lib/load.mjs";
import { freePort, run, sleep, until } from "./lib/private.mjs";
import { binary } from "./lib/program.mjs";
import { inHouse } from "./lib/scene.mjs";

/** /readyz and /metrics answer within 2 s on a machine that has time; ms. */
const SOON = 6_000;
/** A filing is answered within some 12 s by a database that has just begun to hang; ms. */
const BOUNDED = 40_000;

/** What /readyz says, and how long it took. @param {import("./lib/program.mjs").Program} program */
async function readiness(program) {
  const began = performance.now();
  const answer = await api(program.port, "GET", "//readyz", { patience: 30_000 });
  return { status: answer.status, reasons: answer.body.reasons, ms: performance.now() - began };
}

/** A refusal to come back. @param {{ status: number, headers?: import("node:http").IncomingHttpHeaders, text: string }} answer @param {RegExp} code */
function comesBack(answer, code) {
  assert.equal(answer.status, 503, answer.text);
  assert.match(answer.text, code);
  assert.match(answer.headers?.["retry-after"] ?? "", /^\d+$/);
}

/** From the signal to the end, ms. */
const GONE = 30_000;

/** The processes that a process began. @param {number} parent */
const children = (parent) =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        return stat.slice(stat.lastIndexOf(")")).split(" ")[2] === String(parent);
      } catch {
        return false;
      }
    })
    .map(Number);

/** The start is refused in one line. @param {import("./lib/house.mjs").House} house @param {RegExp} why */
async function noStart(house, why) {
  const words = ["serve", "--listen", `127.0.0.1:${await freePort()}`, "--data-dir", house.dataDir];
  const env = { DATABASE_URL: house.databaseUrl };
  await assert.rejects(run([binary(), ...words], { env }), (/** @type {Error} */ error) => {
    const said = error.message.replace(/^.*? ended with 1: /, "");
    assert.match(said, /^error: [^\n]*$/, "a refusal is one line");
    assert.match(said, why);
    return true;
  });
}

test("F28: a COMMIT without an answer is neither a receipt nor a denial", async () => {
  await inHouse({ engine: "postgres" }, async (house) => {
    const program = await house.program();
    await program.begin();
    await house.ask(`CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_sleep(60); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON complaints DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION dawdle();`);
    const { key, body } = filing();
    const send = () =>
      api(program.port, "POST", "/complaints", { body, headers: { "idempotency-key": key } });
    const answered = send();
    await until("somebody waits in COMMIT", async () => {
      const ended = await house.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'COMMIT%' AND wait_event = 'PgSleep'",
      );
      return ended.length > 0;
    });
    const answer = await answered;
    comesBack(answer, /"code":"outcome_unknown"/);
    assert.doesNotMatch(answer.text, /没有保存"/);
    await house.ask("DROP TRIGGER dawdle ON complaints; DROP FUNCTION dawdle();");
    assert.equal((await send()).status, 201, "the very same again");
  });
});

test("F28: PostgreSQL takes no writes, then hangs", async (t) => {
  await inHouse({ engine: "postgres" }, async (house) => {
    const program = await house.program();
    await program.begin();
    const journal = new Journal();
    const readOnly = (/** @type {string} */ value) =>
      house.postgres?.sql(
        `ALTER SYSTEM SET default_transaction_read_only = ${value}; SELECT pg_reload_conf();`,
      );

    await readOnly("on");
    const told = await until("/readyz knows", async () => {
      const told = await readiness(program);
      return told.status === 503 && told;
    });
    assert.deepEqual(told.reasons, ["the database is read-only: it takes no writes"]);
    comesBack(await file(program.port, journal), /"code":"unavailable"/);
    await house.postgres?.sql(
      "SET default_transaction_read_only = off; ALTER SYSTEM RESET default_transaction_read_only; SELECT pg_reload_conf();",
    );
    await until("it is ready again", async () => (await readiness(program)).status === 200);
    assert.equal((await file(program.port, journal)).status, 201);

    const server = house.postgres?.pid ?? 0;
    const all = [server, ...children(server)];
    for (const pid of all) process.kill(pid, "SIGSTOP");
    try {
      for (let asked = 0; asked < 3; asked += 1) {
        const { status, reasons, ms } = await readiness(program);
        assert.deepEqual([status, reasons], [503, ["the database does not answer"]]);
        assert.ok(ms < SOON, `/readyz took ${ms} ms`);
        t.diagnostic(`/readyz answered after ${Math.round(ms)} ms`);
      }
      const began = performance.now();
      const metrics = await api(program.port, "GET", "//metrics");
      assert.match(metrics.text, /^yidiantong_database_up 0/m);
      assert.ok(performance.now() - began < SOON, "/metrics took too long");
      const filed = await file(program.port, journal);
      comesBack(filed, /"code":"(outcome_unknown|unavailable)"/);
      assert.ok(filed.ms < BOUNDED, `a filing took ${filed.ms} ms`);
      t.diagnostic(`a filing was answered after ${Math.round(filed.ms)} ms`);
      await noStart(house, /timeout expired/);
    } finally {
      for (const pid of all) process.kill(pid, "SIGCONT");
    }
    await until("it is ready again", async () => (await readiness(program)).status === 200);
    assert.equal((await file(program.port, journal)).status, 201);

    // Told to stop while it hangs: what is asked of it then ends with the process.
    for (const pid of all) process.kill(pid, "SIGSTOP");
    try {
      const filings = Array.from({ length: 4 }, () => file(program.port, journal));
      await sleep(500);
      const ended = await program.terminate();
      assert.deepEqual([ended.code, ended.signal], [0, null], "it did not end in order");
      assert.ok(ended.ms <= GONE, `it took ${ended.ms} ms to end`);
      t.diagnostic(`gone after ${Math.round(ended.ms)} ms while the database hung`);
      await Promise.all(filings);
    } finally {
      for (const pid of all) process.kill(pid, "SIGCONT");
    }
    await program.begin();
    assert.equal((await file(program.port, journal)).status, 201);
    await nothingLost(house, journal);
  });
});

test("F28: settings and rights of PostgreSQL are looked at before the start", async () => {
  await inHouse({ engine: "postgres" }, async (house) => {
    await house.ask("ALTER DATABASE yidiantong SET synchronous_commit = off");
    await noStart(house, /synchronous_commit is off/);
    await house.ask("ALTER DATABASE yidiantong RESET synchronous_commit");

    // The grants that README.md names.
    await house.ask(`REVOKE CREATE ON SCHEMA public FROM PUBLIC;
      CREATE ROLE serving LOGIN;
      GRANT USAGE ON SCHEMA public TO serving;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO serving;
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO serving;`);
    const address = house.databaseUrl.replace("://ydt@", "://serving@");
    const program = await house.program({ env: { DATABASE_URL: address } });
    await program.begin();
    assert.equal((await file(program.port, new Journal())).status, 201);
    const ended = await program.terminate();
    assert.deepEqual([ended.code, ended.signal], [0, null]);
  });
});
