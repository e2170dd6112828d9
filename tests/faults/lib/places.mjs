// Everything that an installation leaves behind, laid out as files, one folder a place: each column of each table, each
// key of Redis, the letters, the logs, the data directory, a backup as it would be read, and the files of the servers.
// Nothing is listed by hand: a new table, column or key is among them without anybody thinking of it.
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { inflateRawSync, inflateSync } from "node:zlib";
import { folder, run } from "./private.mjs";

/** @typedef {import("./house.mjs").House} House */

/** Tables of the engines' own. */
const OWN = "'pg_catalog', 'information_schema'";
/** Larger files are no archives of ours. */
const UNPACKED_UP_TO = 64 << 20;
/** Beginnings of what is packed: gzip, a file in a zip archive, zlib as it is usually written. */
const PACKED = [
  // Not `gunzipSync`, which wants nothing behind the end.
  { magic: Buffer.from([0x1f, 0x8b, 0x08]), unpack: inflateRawSync, at: gzipHead },
  {
    magic: Buffer.from("PK\x03\x04", "latin1"),
    unpack: inflateRawSync,
    at: (/** @type {Buffer} */ head) => 30 + head.readUInt16LE(26) + head.readUInt16LE(28),
  },
  ...[0x01, 0x5e, 0x9c, 0xda].map((level) => ({
    magic: Buffer.from([0x78, level]),
    unpack: inflateSync,
    at: () => 0,
  })),
];

/** Where what is packed begins: behind ten bytes, and a name or a remark where the fourth says so (RFC 1952). @param {Buffer} head */
function gzipHead(head) {
  const flags = head.readUInt8(3);
  let at = 10 + (flags & 4 ? 2 + head.readUInt16LE(10) : 0);
  for (const text of [8, 16]) if (flags & text) at = head.indexOf(0, at) + 1;
  return at + (flags & 2 ? 2 : 0);
}

/** What an operator can see of a house, and what it left behind. */
export class Places {
  dir = folder("places");
  #files = 0;

  /** @param {string} place @param {string} name @param {string | Buffer} contents */
  add(place, name, contents) {
    mkdirSync(path.join(this.dir, place), { recursive: true });
    this.#files += 1;
    // No colon, which stands between file and find, and no slash.
    const file = `${this.#files}-${name.replaceAll(/[^\w.-]+/g, "_").slice(-80)}`;
    writeFileSync(path.join(this.dir, place, file), contents);
  }

  /** @param {string} place @param {string} file */
  addFile(place, file) {
    const bytes = readFileSync(file);
    this.add(place, path.basename(file), bytes);
    for (const [index, inside] of unpacked(bytes).entries())
      this.add(place, `${path.basename(file)}~${index}`, inside);
  }

  /** A letter as it was sent, and as it is read: lines joined, and coded letters as they are meant. @param {string} name @param {string} letter */
  addLetter(name, letter) {
    this.add("mail", name, letter);
    this.add("mail", `${name}-joined`, letter.replaceAll(/\r?\n/g, ""));
    const quoted = letter.replaceAll(/=\r?\n/g, "");
    this.add(
      "mail",
      `${name}-read`,
      quoted.replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
  }

  /** @param {string} place */
  holds(place) {
    const dir = path.join(this.dir, place);
    return existsSync(dir) ? readdirSync(dir).length : 0;
  }

  /** How many files there are, and places. */
  toString() {
    return `${this.#files} files in ${readdirSync(this.dir).length} places`;
  }

  /** Every column of every table, each a place of its own name. @param {House} house */
  async columns(house) {
    const rows = house.postgres
      ? await house.query(
          `SELECT table_name AS t, column_name AS c, data_type AS kind FROM information_schema.columns WHERE table_schema NOT IN (${OWN})`,
        )
      : await house.query(
          "SELECT m.name AS t, p.name AS c, '' AS kind FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type IN ('table', 'view')",
        );
    assert.ok(rows.length > 200, `only ${rows.length} columns: nothing is searched`);
    const script = rows.map(({ t, c, kind }) => {
      const place = path.join(this.dir, `${t}.${c}`);
      mkdirSync(place, { recursive: true });
      this.#files += 1;
      const to = path.join(place, "rows");
      if (house.postgres) {
        const text = kind === "bytea" ? `encode("${c}", 'hex')` : `"${c}"::text`;
        return `\\o '${to}'\nSELECT ${text} FROM "${t}";`;
      }
      const text = `CASE typeof("${c}") WHEN 'blob' THEN hex("${c}") ELSE CAST("${c}" AS TEXT) END`;
      return `.output '${to}'\nSELECT ${text} FROM "${t}";`;
    });
    await house.ask(script.join("\n"));
    return rows.length;
  }

  /** Every key with its value, and the snapshot that Redis would leave on the disk. @param {House} house */
  async redis(house) {
    const { redis } = house;
    if (redis === undefined) return;
    const keys = (await redis.cli("KEYS", "*")).split("\n").filter((key) => key !== "");
    assert.ok(keys.length > 0, "Redis holds nothing: nothing is searched");
    this.add("redis", "keys", keys.join("\n"));
    for (const key of keys) {
      const kind = await redis.cli("TYPE", key);
      /** @type {Record<string, string[]>} */
      const reads = {
        string: ["GET", key],
        hash: ["HGETALL", key],
        list: ["LRANGE", key, "0", "-1"],
        set: ["SMEMBERS", key],
        zset: ["ZRANGE", key, "0", "-1", "WITHSCORES"],
        stream: ["XRANGE", key, "-", "+"],
      };
      const read = reads[kind];
      assert.ok(read, `nobody here knows how to read a ${kind} of Redis`);
      this.add("redis", kind, await redis.cli(...read));
    }
    this.addFile("redis", await redis.keep());
  }

  /** The data directory, file by file, and everything that was printed or logged. @param {House} house */
  files(house) {
    for (const file of filesOf(house.dataDir)) {
      const [room = "", ...rest] = path.relative(house.dataDir, file).split(path.sep);
      const place = room.startsWith("yidiantong.db")
        ? "database file"
        : rest.length > 0
          ? room
          : "data directory";
      this.add(place, "name", path.relative(house.dataDir, file));
      this.addFile(place, file);
      if (file.endsWith(".eml")) this.addLetter(path.basename(file), readFileSync(file, "utf8"));
    }
    for (const log of house.logFiles()) this.addFile("log", log);
  }

  /** The files of PostgreSQL, which has to be stopped: its rows, also dead ones, and its log of changes. @param {House} house */
  serverFiles(house) {
    if (house.postgres === undefined) return;
    mkdirSync(path.join(this.dir, "server files"), { recursive: true });
    symlinkSync(house.postgres.data, path.join(this.dir, "server files", "postgres"));
  }

  /** A backup, as whoever found it would read it. @param {House} house @param {string} backup */
  async backup(house, backup) {
    const inside = folder("unpacked");
    await run(["tar", "-xf", backup, "-C", inside]);
    this.addFile("backup", backup);
    for (const file of filesOf(inside)) {
      this.add("backup", "name", path.relative(inside, file));
      this.addFile("backup", file);
      if (!file.endsWith(".postgres")) continue;
      await run(["pg_restore", "-f", `${file}.sql`, file]);
      this.addFile("backup", `${file}.sql`);
    }
    assert.ok(statSync(backup).size > 10_000, `the backup of ${house.engine} holds nothing`);
  }
}

/** @param {string} dir @returns {string[]} */
function filesOf(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

/** Files and folders below one that other accounts of the machine may read, write or enter. @param {string} dir @returns {string[]} */
export function exposed(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => (statSync(file).mode & 0o077) !== 0);
}

/** What was packed inside of bytes, wherever it begins. @param {Buffer} bytes @returns {Buffer[]} */
export function unpacked(bytes) {
  if (bytes.length > UNPACKED_UP_TO) return [];
  return PACKED.flatMap(({ magic, unpack, at }) => {
    const found = [];
    for (let start = bytes.indexOf(magic); start >= 0; start = bytes.indexOf(magic, start + 1)) {
      try {
        const inside = unpack(bytes.subarray(start + at(bytes.subarray(start, start + 1024))));
        if (inside.length > 0) found.push(inside);
      } catch {
        // Bytes that only look like a beginning.
      }
    }
    return found;
  });
}
