// F21: the machine is gone. What is left is a backup, taken while twenty people were filing, and the sealed secrets,
// kept elsewhere. In a new place everything that was acknowledged before the backup began is there, what came later
// is there whole or not at all, and whoever finds the backup alone finds no secret in it.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { House } from "./lib/house.mjs";
import { acknowledgedArePresent, unacknowledgedAreWhole } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { Load } from "./lib/load.mjs";
import { fileWithPhoto, photoOf } from "./lib/photo.mjs";
import { end, folder, run, sleep, start } from "./lib/private.mjs";
import { binary } from "./lib/program.mjs";
import { between, ENGINES, inHouse, rounds } from "./lib/scene.mjs";
import { Postgres } from "./lib/servers.mjs";

const WRITERS = 20;
/** How long they file before the backup and after it, ms. */
const AROUND = rounds(1_500, 20_000);
/** From the first command to the new server's first answer, ms. */
const DRILL = 600_000;
const STOPS = rounds(4, 40);
const PASSPHRASE = "红旗渠 1969 演示 horse battery";
const PASSWORD = "s3cret-of-the-database";

/** A command of the program on a house, or on a place without one. @param {House} house @param {string[]} command */
const ask = (house, ...command) =>
  run([binary(), ...command, "--data-dir", house.dataDir], { env: { DATABASE_URL: house.databaseUrl } });

/** The program refuses, in one line. @param {Promise<unknown>} asked @param {RegExp} why */
async function refused(asked, why) {
  await assert.rejects(asked, (/** @type {Error} */ error) => {
    const said = error.message.replace(/^.*? ended with 1: /, "");
    assert.match(said, /^error: [^\n]*$/, "a refusal is one line");
    assert.match(said, why);
    return true;
  });
}

/** A place where nothing is yet. @param {import("./lib/house.mjs").Engine} engine */
async function newPlace(engine) {
  const house = new House(engine, path.join(folder("place"), "data"));
  if (engine !== "postgres") return house;
  house.postgres = await Postgres.open();
  await house.postgres.sql("CREATE DATABASE yidiantong");
  return house;
}

/** Nothing of a restore is there, finished or not. @param {House} house */
async function isEmpty(house) {
  const files = existsSync(house.dataDir) ? readdirSync(house.dataDir) : [];
  assert.deepEqual(files.filter((name) => !["secrets", "demo-accounts.json"].includes(name)).sort(), []);
  if (!house.postgres) return;
  const tables = await house.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  assert.deepEqual(tables, []);
}

/** The bytes of a backup as they would be read by whoever looks for something: a dump of PostgreSQL unpacked. @param {string} backup @param {import("./lib/house.mjs").Engine} engine */
async function readable(backup, engine) {
  const packed = readFileSync(backup);
  if (engine === "sqlite") return packed;
  const dump = path.join(folder("dump"), "database");
  await run([
    "sh",
    "-c",
    `tar -xOf "$0" database.postgres > "$1" && pg_restore -f "$1.sql" "$1"`,
    backup,
    dump,
  ]);
  return Buffer.concat([packed, readFileSync(`${dump}.sql`)]);
}

/** No secret file, no receipt code, and nobody's sealed words. @param {House} house @param {Journal} journal @param {string} backup */
async function holdsNoSecret(house, journal, backup) {
  const bytes = await readable(backup, house.engine);
  const text = bytes.toString("latin1");
  const dir = path.join(house.dataDir, "secrets");
  const names = /** @type {string[]} */ (readdirSync(dir, { recursive: true })).filter((name) =>
    name.endsWith(".key"),
  );
  assert.ok(names.includes("pepper.key") && names.length >= 4, `these are not all secrets: ${names}`);
  for (const name of names) {
    const secret = readFileSync(path.join(dir, name));
    assert.equal(bytes.indexOf(secret), -1, `${name} is in the backup`);
    for (const form of [secret.toString("hex"), secret.toString("base64").slice(0, 40)])
      assert.ok(!text.toLowerCase().includes(form.toLowerCase()), `${name} is in the backup as text`);
  }
  const filings = journal.acknowledged();
  // The search works: what belongs into a backup is found in it.
  assert.ok(
    filings.some(({ canary }) => text.includes(canary)),
    "the backup cannot be searched",
  );
  for (const { receipt = "", secrets, canary } of filings)
    for (const word of [receipt, receipt.replaceAll(/\D/g, ""), ...secrets.filter((one) => one !== canary)])
      assert.equal(bytes.indexOf(word), -1, "a receipt code, a key or an identity is in the backup");
  return names.length;
}

/** A copy with one byte changed, or cut short. @param {string} file @param {number} at a share of its length @param {boolean} [cut] */
function altered(file, at, cut = false) {
  const bytes = readFileSync(file);
  const place = Math.floor(bytes.length * at);
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  const copy = path.join(folder("altered"), "file");
  writeFileSync(copy, cut ? bytes.subarray(0, place) : bytes);
  return copy;
}

for (const engine of ENGINES) {
  test(`F21 ${engine}: a backup while ${WRITERS} file, put back in a new place`, async (t) => {
    await inHouse({ engine }, async (house) => {
      const home = folder("kept");
      const [backup, sealed, phrase] = ["backup.tar", "secrets.sealed", "phrase"].map((name) =>
        path.join(home, name),
      );
      writeFileSync(phrase, `${PASSPHRASE}\n`);
      const program = await house.program();
      await program.begin();
      const receipt = await fileWithPhoto(program.port);
      const photo = await photoOf(program.port, receipt);
      const journal = new Journal();
      const load = new Load({ writers: WRITERS, port: () => program.port, journal, pause: 20 });
      await sleep(AROUND);
      const began = Date.now();
      const clock = performance.now();
      await ask(house, "backup", backup);
      const done = Date.now();
      await sleep(AROUND);
      await load.stop();
      assert.deepEqual(Object.keys(load.counts), ["201"], `the backup was noticed: ${load}`);
      assert.equal(statSync(backup).mode & 0o777, 0o600);
      await refused(ask(house, "backup", backup), /already/);
      await ask(house, "secrets", "export", sealed, "--passphrase-file", phrase);
      assert.equal(statSync(sealed).mode & 0o777, 0o600);
      assert.deepEqual(readdirSync(home).sort(), ["backup.tar", "phrase", "secrets.sealed"]);
      const secrets = await holdsNoSecret(house, journal, backup);
      assert.ok(!readFileSync(backup).includes(photo.subarray(2)), "a photo lies open in the backup");
      await program.terminate();

      const place = await newPlace(engine);
      try {
        await ask(place, "secrets", "import", sealed, "--passphrase-file", phrase);
        // As a disk of their own is mounted for the photos: the folder is there, and not quite empty.
        if (engine === "sqlite")
          mkdirSync(path.join(place.dataDir, "attachments", "lost+found"), { recursive: true });
        await ask(place, "restore", backup);
        const fresh = await place.program();
        await fresh.begin();
        const minutes = (performance.now() - clock) / 60_000;
        const before = journal.acknowledged().filter(({ answered = 0 }) => answered < began);
        const later = journal.filings().filter((filing) => !before.some(({ key }) => key === filing.key));
        assert.ok(
          before.length > WRITERS && later.length > WRITERS,
          "hardly anything was filed: nothing was tested",
        );
        /** @param {Partial<Journal>} part */
        const only = (part) => /** @type {Journal} */ ({ note: async () => {}, ...part });
        await acknowledgedArePresent(place, only({ acknowledged: () => before }));
        const whole = await unacknowledgedAreWhole(place, only({ unacknowledged: () => later }));
        const halves = await place.query(
          `SELECT number FROM complaints WHERE text LIKE '%canary-%' AND (
             NOT EXISTS (SELECT 1 FROM complaint_events WHERE complaint_id = complaints.id)
             OR NOT EXISTS (SELECT 1 FROM timers WHERE complaint_id = complaints.id))`,
        );
        assert.deepEqual(halves, [], "filings came back without their history or their clocks");
        assert.ok(photo.equals(await photoOf(fresh.port, receipt)), "the photo came back another");
        assert.ok(minutes * 60_000 < DRILL);
        t.diagnostic(
          `${load}, the longest wait ${Math.round(load.slowest)} ms; the backup took ${done - began} ms, ${statSync(backup).size} bytes`,
        );
        t.diagnostic(
          `${before.length} acknowledged before it are there; of ${later.length} later ones ${whole.kept} are, each whole; none of ${secrets} secrets is in it; new place after ${minutes.toFixed(1)} min`,
        );
        await fresh.terminate();
        await refused(ask(place, "restore", backup), /empty/);
      } finally {
        await place.close();
      }
    });
  });

  test(`F21 ${engine}: what must not be put back is refused, and the place stays empty`, async () => {
    await inHouse({ engine }, async (house) => {
      const home = folder("kept");
      const [backup, sealed, phrase] = ["backup.tar", "secrets.sealed", "phrase"].map((name) =>
        path.join(home, name),
      );
      writeFileSync(phrase, PASSPHRASE);
      await ask(house, "backup", backup);
      await ask(house, "secrets", "export", sealed, "--passphrase-file", phrase);
      const place = await newPlace(engine);
      try {
        // In the manifest, in its sum, in the database, and cut short.
        const size = statSync(backup).size;
        for (const copy of [
          altered(backup, 700 / size),
          altered(backup, 0.5),
          altered(backup, 0.9),
          altered(backup, 0.5, true),
        ]) {
          await refused(ask(place, "restore", copy), /altered/);
          await isEmpty(place);
        }
        await refused(ask(place, "restore", sealed), /no backup of yidiantong|altered/);

        // Of another engine: nothing has to listen there to be told so.
        const other = new House(engine === "sqlite" ? "postgres" : "sqlite", place.dataDir);
        const address = engine === "sqlite" ? "postgres://ydt@127.0.0.1:1/none" : `sqlite://${other.file}`;
        const asked = run([binary(), "restore", backup, "--data-dir", place.dataDir], {
          env: { DATABASE_URL: address },
        });
        await refused(asked, new RegExp(`backup is of ${engine}`));
        await isEmpty(place);

        // Of a newer program: this one touches it in no way.
        await house.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000000')");
        const newer = path.join(home, "newer.tar");
        const asks = [
          ["backup", newer],
          ["migrate", "up"],
          ["migrate", "down"],
          ["migrate", "status"],
        ];
        for (const words of asks) await refused(ask(house, ...words), /20991231000000.*newer program/);
        await refused(ask(house, "serve", "--listen", "127.0.0.1:0"), /20991231000000.*newer program/);
        assert.ok(!existsSync(newer), "half a backup");
        await house.execute("DELETE FROM __diesel_schema_migrations WHERE version = '20991231000000'");

        // Without its secrets it does not start, and makes none that would stand in their way.
        await ask(place, "restore", backup);
        await refused(ask(place, "demo", "--listen", "127.0.0.1:0"), /secrets import/);
        assert.ok(!existsSync(path.join(place.dataDir, "secrets")));
        const wrong = path.join(home, "wrong");
        writeFileSync(wrong, `${PASSPHRASE}!`);
        await refused(
          ask(place, "secrets", "import", sealed, "--passphrase-file", wrong),
          /passphrase is wrong/,
        );
        for (const copy of [
          altered(sealed, 0.01),
          altered(sealed, 0.5),
          altered(sealed, 0.99),
          altered(sealed, 0.5, true),
        ])
          await refused(
            ask(place, "secrets", "import", copy, "--passphrase-file", phrase),
            /passphrase is wrong|exported/,
          );
        assert.ok(!existsSync(path.join(place.dataDir, "secrets")));
        await ask(place, "secrets", "import", sealed, "--passphrase-file", phrase);
        await ask(place, "secrets", "import", sealed, "--passphrase-file", phrase);

        // Beside the secrets of somebody else.
        writeFileSync(path.join(place.dataDir, "secrets", "pepper.key"), Buffer.alloc(32, 7));
        await refused(ask(place, "secrets", "import", sealed, "--passphrase-file", phrase), /overwritten/);
        assert.ok(
          readFileSync(path.join(place.dataDir, "secrets", "pepper.key")).equals(Buffer.alloc(32, 7)),
        );
        const short = path.join(home, "short");
        writeFileSync(short, "只有十一个字符的短语句");
        await refused(
          ask(house, "secrets", "export", `${sealed}2`, "--passphrase-file", short),
          /12 characters/,
        );
        const stranger = await newPlace("sqlite");
        mkdirSync(path.join(stranger.dataDir, "secrets"), { recursive: true });
        for (const name of ["pepper", "totp", "token-signing"])
          writeFileSync(path.join(stranger.dataDir, "secrets", `${name}.key`), Buffer.alloc(32, 7));
        if (engine === "sqlite") await refused(ask(stranger, "restore", backup), /another pepper/);
        await stranger.close();
      } finally {
        await place.close();
      }
    });
  });

  test(`F21 ${engine}: stopped in the middle, it leaves nothing half done`, async (t) => {
    await inHouse({ engine }, async (house) => {
      const home = folder("kept");
      const whole = path.join(home, "whole.tar");
      const clock = performance.now();
      await ask(house, "backup", whole);
      const took = performance.now() - clock;
      const env = { DATABASE_URL: house.databaseUrl };
      let finished = 0;
      for (let stop = 0; stop < STOPS; stop += 1) {
        const file = path.join(home, `${stop}.tar`);
        const going = start([binary(), "backup", file, "--data-dir", house.dataDir], { env });
        await sleep(between(0, took));
        const { code } = await end(going, "SIGTERM");
        finished += code === 0 ? 1 : 0;
        assert.equal(existsSync(file), code === 0, "a backup is there, or its command failed");
      }
      assert.deepEqual(
        readdirSync(home, { recursive: true }).filter((name) => !/^(whole|\d+)\.tar$/.test(String(name))),
        [],
      );

      const place = await newPlace(engine);
      try {
        let restored = false;
        for (let stop = 0; stop < STOPS && !restored; stop += 1) {
          const command = [binary(), "restore", whole, "--data-dir", place.dataDir];
          const going = start(command, { env: { DATABASE_URL: place.databaseUrl } });
          await sleep(between(0, took));
          restored = (await end(going, "SIGTERM")).code === 0;
          if (!restored) await isEmpty(place);
        }
        if (!restored) await ask(place, "restore", whole);
        const count = "SELECT count(*) AS rows FROM complaints";
        assert.deepEqual(await place.query(count), await house.query(count));
        t.diagnostic(`${finished} of ${STOPS} backups were quicker than the signal`);
      } finally {
        await place.close();
      }
    });
  });
}

test("F21: the password of the database is in no command line", async () => {
  await inHouse({ engine: "postgres" }, async (house) => {
    const home = folder("trace");
    const trace = path.join(home, "calls");
    const url = house.databaseUrl.replace("ydt@", `ydt:${PASSWORD}@`);
    const traced = [
      "strace",
      "-f",
      "-q",
      "-s",
      "4096",
      "-e",
      "trace=execve",
      "-e",
      "signal=none",
      "-o",
      trace,
    ];
    const command = [
      ...traced,
      binary(),
      "backup",
      path.join(home, "backup.tar"),
      "--data-dir",
      house.dataDir,
    ];
    await run(command, { env: { DATABASE_URL: url } });
    const calls = readFileSync(trace, "utf8");
    assert.match(calls, /pg_dump", .*--dbname=postgres:\/\/ydt@127/, "the trace does not show pg_dump");
    assert.ok(!calls.includes(PASSWORD), "the password is in a command line");
  });
});

test("F21: photos have one folder, and no backup without them is taken for one", async () => {
  await inHouse({ engine: "sqlite" }, async (house) => {
    const program = await house.program();
    await program.begin();
    await fileWithPhoto(program.port);
    await program.terminate();
    const elsewhere = folder("elsewhere");
    const backup = path.join(folder("kept"), "backup.tar");
    const env = { DATABASE_URL: house.databaseUrl, ATTACHMENTS_DIR: elsewhere };
    const asked = (/** @type {string[]} */ ...more) =>
      run([binary(), "backup", backup, ...more, "--data-dir", house.dataDir], { env });
    await refused(asked(), /ATTACHMENTS_DIR: \S+ lacks \d+ of the pictures that the database names/);
    assert.ok(!existsSync(backup));
    await asked("--without-lost");
    // An empty folder, and that of another first start.
    const stranger = await house.program({ env: { ATTACHMENTS_DIR: elsewhere } });
    const refusal = /ATTACHMENTS_DIR: \S+ is not the folder that the database was made with/;
    await assert.rejects(stranger.begin(), refusal);
    writeFileSync(path.join(elsewhere, ".folder"), "another\n");
    await assert.rejects(stranger.begin(), refusal);
    await program.begin();
    await program.terminate();

    // What is no backup is called so, and nothing may stand behind one.
    const place = await newPlace("sqlite");
    const wrong = path.join(folder("wrong"), "file");
    writeFileSync(wrong, Buffer.alloc(4_096, "\u0001\u0002no tar"));
    await refused(ask(place, "restore", wrong), /this is no backup of yidiantong/);
    writeFileSync(wrong, Buffer.concat([readFileSync(backup), Buffer.from("more")]));
    await refused(ask(place, "restore", wrong), /more than the manifest names/);
    await refused(ask(place, "verify", "audit"), /there is no database/);
    await isEmpty(place);
  });
});
