// A demo of its own with everything around it: database, data directory, processes, and somebody of the staff.
// Making a demo takes seconds, so it is made once for each engine and every house begins with a copy.
import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import path from "node:path";
import { api } from "./api.mjs";
import { folder, freePort, remove, run } from "./private.mjs";
import { Program } from "./program.mjs";
import { Postgres, Redis } from "./servers.mjs";

/** @typedef {"sqlite" | "postgres"} Engine */

/** A Monday morning. */
export const START = "2026-11-23T08:00:00+08:00";
const DATABASE = "yidiantong";

/** Where the finished demos are: handed down by the run, or this script's own. */
const shelf = () => {
  process.env.YDT_FAULTS_SEEDS ??= folder("seeds");
  mkdirSync(process.env.YDT_FAULTS_SEEDS, { recursive: true });
  return process.env.YDT_FAULTS_SEEDS;
};

/**
 * The finished demo of an engine, made where it is missing: `data` is its data directory, `pg` a cluster.
 * @param {Engine} engine
 */
export async function seeds(engine) {
  const seed = path.join(shelf(), engine);
  if (existsSync(seed)) return seed;
  const making = folder("seed");
  const house = new House(engine, path.join(making, "data"));
  if (engine === "postgres") {
    house.postgres = await Postgres.open();
    await house.postgres.sql(`CREATE DATABASE ${DATABASE}`);
  }
  const program = await house.program({ start: ["--start", START, "--speed", "1"] });
  // A minute on a machine that has time; a busy one takes several, and nothing is measured here.
  await program.begin(900_000);
  await program.terminate();
  if (house.postgres) {
    await house.postgres.keep(path.join(making, "pg"));
    await house.postgres.close();
  }
  // Whole or not at all: another script may look.
  renameSync(making, seed);
  return seed;
}

export class House {
  /** @type {Postgres | undefined} */ postgres;
  /** @type {Redis | undefined} */ redis;
  /** @type {Program[]} */ programs = [];
  /** @type {Map<string, string>} */ #tokens = new Map();
  #speed = 1;

  /** @param {Engine} engine @param {string} dataDir */
  constructor(engine, dataDir) {
    this.engine = engine;
    this.dataDir = dataDir;
    this.logs = folder("logs");
  }

  /**
   * @param {object} [options]
   * @param {Engine} [options.engine]
   * @param {boolean | string[]} [options.redis] with a Redis, and its options
   * @param {number} [options.speed] case seconds in a wall second
   * @param {string[]} [options.settings] of PostgreSQL
   * @param {string[]} [options.wrap] a command that runs PostgreSQL
   */
  static async open({ engine = "sqlite", redis = false, speed = 1, settings, wrap } = {}) {
    const seed = await seeds(engine);
    const home = folder("house");
    const house = new House(engine, path.join(home, "data"));
    house.#speed = speed;
    await run(["cp", "-a", "--reflink=auto", path.join(seed, "data"), house.dataDir]);
    if (engine === "postgres")
      house.postgres = await Postgres.open({ copy: path.join(seed, "pg"), settings, wrap });
    if (redis) house.redis = await Redis.open({ options: redis === true ? [] : redis });
    return house;
  }

  get databaseUrl() {
    return this.postgres?.url(DATABASE) ?? `sqlite://${this.file}`;
  }

  /** SQLite's file. */
  get file() {
    return path.join(this.dataDir, "yidiantong.db");
  }

  get speed() {
    return this.#speed;
  }

  /**
   * A process of the program on this house, not yet begun.
   * @param {Partial<import("./program.mjs").Making>} [making]
   */
  async program(making = {}) {
    const env = { DATABASE_URL: this.databaseUrl, ...(this.redis ? { REDIS_URL: this.redis.url } : {}) };
    const program = new Program({
      dataDir: this.dataDir,
      port: await freePort(),
      log: path.join(this.logs, `program-${this.programs.length + 1}`),
      start: this.#speed === 1 ? [] : ["--speed", String(this.#speed)],
      ...making,
      env: { ...env, ...making.env },
    });
    this.programs.push(program);
    return program;
  }

  /** The first process that listens. */
  get front() {
    const front = this.programs.find((program) => program.role !== "worker" && program.isAlive);
    if (front === undefined) throw new Error("no process of this house listens");
    return front;
  }

  /**
   * Rows of the database, asked directly.
   * @param {string} sql @returns {Promise<any[]>}
   */
  async query(sql) {
    return (await this.snapshot({ rows: sql })).rows;
  }

  /**
   * The rows of several questions, all of one moment: the house may go on working meanwhile.
   * @template {string} Name
   * @param {Record<Name, string>} questions @returns {Promise<Record<Name, any[]>>}
   */
  async snapshot(questions) {
    const [names, asked] = [Object.keys(questions), Object.values(questions)];
    if (this.postgres) {
      const rows = asked.map((sql) => `(SELECT coalesce(json_agg(found), '[]') FROM (${sql}) AS found)`);
      const said = await this.postgres.sql(`SELECT json_build_array(${rows.join(", ")})`, DATABASE);
      const found = JSON.parse(said);
      return /** @type {any} */ (Object.fromEntries(names.map((name, index) => [name, found[index]])));
    }
    const input = ["BEGIN;", ...asked.map((sql) => `${sql};\n.print \u001e`), "COMMIT;"].join("\n");
    const said = await run(["sqlite3", "-json", "-cmd", ".timeout 20000", this.file], { input });
    const found = said.split("\u001e").map((rows) => (rows.trim() === "" ? [] : JSON.parse(rows)));
    return /** @type {any} */ (Object.fromEntries(names.map((name, index) => [name, found[index]])));
  }

  /** Changes rows, as an operator at the database would. @param {string} sql */
  async execute(sql) {
    await this.ask(`${sql};`);
  }

  /** Has the database's own shell (psql, sqlite3) do what a script says. @param {string} script */
  async ask(script) {
    if (this.postgres) await this.postgres.sql(script, DATABASE);
    else await run(["sqlite3", "-cmd", ".timeout 20000", this.file], { input: script });
  }

  /**
   * Somebody of the staff asks or does something; logs in where needed.
   * @param {string} username @param {string} method @param {string} address @param {any} [body]
   * @param {Record<string, string>} [headers]
   */
  async as(username, method, address, body, headers = {}) {
    for (let tries = 0; ; tries += 1) {
      const token = this.#tokens.get(username) ?? (await this.#login(username));
      const answer = await api(this.front.port, method, address, {
        body,
        headers: { authorization: `Bearer ${token}`, ...headers },
      });
      if (answer.status !== 401 || tries > 0) return answer;
      this.#tokens.delete(username);
    }
  }

  /** @param {string} username */
  async #login(username) {
    const body = JSON.parse(await this.front.command("demo-login", username));
    const answer = await api(this.front.port, "POST", "/auth/login", { body });
    if (answer.status !== 200)
      throw new Error(`${username} could not log in: ${answer.status} ${answer.text}`);
    this.#tokens.set(username, answer.body.access_token);
    return answer.body.access_token;
  }

  /** Everything that any process of this house printed or logged: nothing personal may be in it. */
  logFiles() {
    const files = readdirSync(this.logs).map((name) => path.join(this.logs, name));
    return [...files, this.postgres?.log, this.redis?.log].filter((file) => file !== undefined);
  }

  async close() {
    for (const program of this.programs) await program.kill();
    await this.postgres?.close();
    await this.redis?.close();
    remove(this.logs);
    remove(path.dirname(this.dataDir));
  }
}
