// F20: the schema's way up and down over real rows. Each migration is run on a database as the one before it left
// it, taken back and run again, and what was there before is there afterwards, to the byte. Then the program is
// killed at one call after the other in the middle of it: what the next start finds is the old schema or the new.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { file } from "./lib/load.mjs";
import { run } from "./lib/private.mjs";
import { binary } from "./lib/program.mjs";
import { ENGINES, inHouse, rounds } from "./lib/scene.mjs";

/** @typedef {import("./lib/house.mjs").House} House */

const FILINGS = rounds(20, 500);
/** Of the calls at which the program can be killed, every so many. */
const STEP = rounds(3, 1);
/** A call that a migration makes on its way to the database: to the file, or to the server. */
const CALLS = { sqlite: "pwrite64,fdatasync,ftruncate", postgres: "sendto" };

/** Every table but the list of migrations, with its columns. @param {House} house */
async function shape(house) {
  const rows = await house.query(
    house.engine === "sqlite"
      ? `SELECT m.name AS name, p.name AS col FROM sqlite_master m JOIN pragma_table_info(m.name) p
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2`
      : "SELECT table_name AS name, column_name AS col FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
  );
  /** @type {Map<string, string[]>} */
  const tables = new Map();
  for (const { name, col } of rows) {
    if (name !== "__diesel_schema_migrations") tables.set(name, [...(tables.get(name) ?? []), col]);
  }
  return tables;
}

/** A digest of all rows in these columns, whatever else the tables have. @param {House} house @param {Map<string, string[]>} tables */
async function digest(house, tables) {
  const questions = [...tables].map(([name, columns]) => [name, `SELECT ${columns.join(", ")} FROM ${name}`]);
  const rows = await house.snapshot(Object.fromEntries(questions));
  const lines = Object.entries(rows).flatMap(([name, list]) =>
    list.map((row) => `${name} ${JSON.stringify(row)}`),
  );
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}

/** @param {House} house */
const migrate = async (house) => {
  const program = await house.program();
  const said = (/** @type {string[]} */ ...way) => program.command("migrate", ...way);
  return {
    next: () => said("up", "--steps", "1"),
    down: () => said("down"),
    applied: async () =>
      (await said("status")).split("\n").filter((line) => line.startsWith("applied ")).length,
  };
};

for (const engine of ENGINES) {
  test(`F20 ${engine}: each migration up, down and up over a demo and ${FILINGS} filings`, async (t) => {
    await inHouse({ engine }, async (house) => {
      const program = await house.program();
      await program.begin();
      const journal = new Journal();
      for (let one = 0; one < FILINGS; one += 1)
        assert.equal((await file(program.port, journal)).status, 201);
      await program.terminate();
      const schema = await migrate(house);
      const all = await schema.applied();
      // Down to the first schema that has rows: what the later ones added goes, as `migrate down` says.
      for (let version = all; version > 1; version -= 1) assert.match(await schema.down(), /^down /);
      for (let version = 1; version < all; version += 1) {
        const tables = await shape(house);
        const before = await digest(house, tables);
        assert.match(await schema.next(), /^up \S+\n$/, "one step is one migration");
        assert.equal(
          await digest(house, tables),
          before,
          `rows changed on the way from ${version} to ${version + 1}`,
        );
        await schema.down();
        assert.deepEqual(
          await shape(house),
          tables,
          `the way down from ${version + 1} leaves another schema`,
        );
        assert.equal(await digest(house, tables), before, `rows changed on the way down to ${version}`);
        await schema.next();
      }
      assert.equal(await schema.applied(), all);
      await program.begin();
      t.diagnostic(`${all} migrations, each up, down and up`);
      t.diagnostic(await nothingLost(house, journal));
      assert.equal((await file(program.port, journal)).status, 201);
      await ladderIsWhole(house, { late: 75 });
    });
  });

  test(`F20 ${engine}: killed in the middle of the last migration`, async (t) => {
    await inHouse({ engine }, async (house) => {
      const program = await house.program();
      await program.begin();
      const journal = new Journal();
      for (let one = 0; one < 5; one += 1) assert.equal((await file(program.port, journal)).status, 201);
      await program.terminate();
      const schema = await migrate(house);
      const [all, newest] = [await schema.applied(), await shape(house)];
      await schema.down();
      const tables = await shape(house);
      const before = await digest(house, tables);
      const counts = { old: 0, new: 0 };
      for (let call = 1; ; call += STEP) {
        const inject = [
          "-f",
          "-q",
          "-e",
          `trace=${CALLS[engine]}`,
          "-e",
          `inject=${CALLS[engine]}:signal=KILL:when=${call}`,
        ];
        const traced = [
          "strace",
          ...inject,
          "-o",
          "/dev/null",
          binary(),
          "migrate",
          "up",
          "--data-dir",
          house.dataDir,
        ];
        const killed = await run(traced, { env: { DATABASE_URL: house.databaseUrl } }).then(
          () => false,
          (error) => {
            if (/ended with SIGKILL/.test(error.message)) return true;
            throw error;
          },
        );
        if (!killed) break;
        const applied = await schema.applied();
        assert.ok(
          applied === all || applied === all - 1,
          `${applied} migrations after a kill at call ${call}`,
        );
        assert.deepEqual(
          await shape(house),
          applied === all ? newest : tables,
          `half a migration at call ${call}`,
        );
        assert.equal(await digest(house, tables), before, `rows changed by a kill at call ${call}`);
        counts[applied === all ? "new" : "old"] += 1;
        if (applied === all) await schema.down();
      }
      t.diagnostic(
        `killed at ${counts.old + counts.new} calls: ${counts.old} times the old schema, ${counts.new} times the new`,
      );
      assert.ok(counts.old > 0, "no kill came in the middle: nothing was tested");
      assert.equal(await schema.applied(), all);
      assert.deepEqual(await shape(house), newest);
      await program.begin();
      t.diagnostic(await nothingLost(house, journal));
    });
  });
}
