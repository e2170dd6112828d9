// The real servers beside the program: a private PostgreSQL and a private Redis on free ports of the loopback
// address, started in the foreground so that a signal means what it means to an operator.
import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { end, folder, freePort, isAlive, remove, run, start, until } from "./private.mjs";

export { House, seeds } from "./house.mjs";
export { Program } from "./program.mjs";

/** Where the newest PostgreSQL's programs are; the packages keep them off the PATH. */
function postgresBin() {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root) : [];
  const newest = versions
    .filter((version) => existsSync(path.join(root, version, "bin/initdb")))
    .sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? "" : `${path.join(root, newest, "bin")}/`;
}

/** A PostgreSQL whose fsync and synchronous_commit stay as delivered: what is tested is what is promised. */
export class Postgres {
  /** @type {import("node:child_process").ChildProcess | null} */
  #server = null;
  #bin = postgresBin();

  /** @param {string} home @param {number} port @param {string[]} settings @param {string[]} wrap */
  constructor(home, port, settings, wrap) {
    this.home = home;
    this.port = port;
    this.settings = settings;
    this.wrap = wrap;
    this.log = path.join(home, "log");
  }

  /**
   * @param {object} [options]
   * @param {string[]} [options.settings] such as `max_connections=200`
   * @param {string[]} [options.wrap] a command that runs it, such as `["strace", "-D", "-f"]`
   * @param {string} [options.copy] the data of a stopped server to begin with
   */
  static async open({ settings = [], wrap = [], copy } = {}) {
    const server = new Postgres(folder("pg", { unprivileged: true }), await freePort(), settings, wrap);
    if (copy === undefined) {
      const init = ["-U", "ydt", "-E", "UTF8", "--locale=C", "--auth=trust", "--no-sync"];
      await run([`${server.#bin}initdb`, "-D", server.data, ...init], server.#as);
    } else {
      // The owner is the server's account, and PostgreSQL refuses data of anybody else's.
      await run(["cp", "-a", "--reflink=auto", copy, server.data]);
    }
    await server.begin();
    return server;
  }

  get data() {
    return path.join(this.home, "data");
  }

  get #as() {
    return { unprivileged: true, cwd: this.home };
  }

  /** The process that the other processes of the server are children of. */
  get pid() {
    return this.#server?.pid ?? 0;
  }

  /** @param {string} database */
  url(database) {
    return `postgres://ydt@127.0.0.1:${this.port}/${database}`;
  }

  /** @param {{ wait?: boolean }} [how] */
  async begin({ wait = true } = {}) {
    const settings = ["listen_addresses=127.0.0.1", ...this.settings].flatMap((one) => ["-c", one]);
    const where = ["-D", this.data, "-p", String(this.port), "-k", this.home];
    const server = start([...this.wrap, `${this.#bin}postgres`, ...where, ...settings], {
      ...this.#as,
      log: this.log,
    });
    this.#server = server;
    if (!wait) return;
    await until("PostgreSQL takes connections", async () => {
      if (!isAlive(server))
        throw new Error(`PostgreSQL did not start: ${readFileSync(this.log, "utf8").slice(-800)}`);
      return (await run(this.#psql("postgres"), { input: "SELECT 1", failing: true })).startsWith("1");
    });
  }

  /** @param {string} database */
  #psql(database) {
    const quiet = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"];
    return [
      `${this.#bin}psql`,
      ...quiet,
      "-h",
      "127.0.0.1",
      "-p",
      String(this.port),
      "-U",
      "ydt",
      "-d",
      database,
    ];
  }

  /** What the database answers, as text. @param {string} sql @param {string} [database] */
  sql(sql, database = "postgres") {
    return run(this.#psql(database), { input: sql });
  }

  /** A signal to the server: `immediate` is a crash, `fast` ends every connection in order. @param {"fast" | "immediate"} mode */
  async stop(mode = "fast") {
    const server = this.#server;
    this.#server = null;
    if (server !== null) await end(server, mode === "fast" ? "SIGINT" : "SIGQUIT");
  }

  /** As `pg_ctl restart -m MODE`. @param {"fast" | "immediate"} [mode] @param {{ wait?: boolean }} [how] */
  async restart(mode = "immediate", how = {}) {
    await this.stop(mode);
    await this.begin(how);
  }

  async close() {
    await this.stop("immediate");
    remove(this.home);
  }

  /** Leaves a copy of its data for later servers; it has to be stopped. @param {string} to */
  async keep(to) {
    await this.stop("fast");
    cpSync(this.log, `${to}.log`);
    await run(["cp", "-a", "--reflink=auto", this.data, to]);
  }
}

/** What Redis calls its snapshot, and reads when it starts. */
const SNAPSHOT = "dump.rdb";

/** A Redis as a machine's package starts one, but for what a test sets. */
export class Redis {
  /** @type {import("node:child_process").ChildProcess | null} */
  #server = null;
  #kept = 0;

  /** @param {string} home @param {number} port @param {string[]} options */
  constructor(home, port, options) {
    this.home = home;
    this.port = port;
    this.options = options;
    this.log = path.join(home, "log");
  }

  /** @param {{ options?: string[] }} [how] such as `["--maxmemory", "1mb", "--maxmemory-policy", "noeviction"]` */
  static async open({ options = [] } = {}) {
    const server = new Redis(folder("redis"), await freePort(), options);
    await server.begin();
    return server;
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid() {
    return this.#server?.pid ?? 0;
  }

  async begin() {
    const where = [
      "--port",
      String(this.port),
      "--bind",
      "127.0.0.1",
      "--dir",
      this.home,
      "--daemonize",
      "no",
    ];
    const server = start(["redis-server", ...where, "--save", "", "--appendonly", "no", ...this.options], {
      log: this.log,
    });
    this.#server = server;
    await until("Redis answers", async () => {
      if (!isAlive(server))
        throw new Error(`Redis did not start: ${readFileSync(this.log, "utf8").slice(-800)}`);
      return (await this.cli("PING").catch(() => "")).startsWith("PONG");
    });
  }

  /** What a command answers, as redis-cli prints it. @param {...string} command */
  async cli(...command) {
    const where = ["redis-cli", "-h", "127.0.0.1", "-p", String(this.port)];
    return (await run([...where, ...command])).trimEnd();
  }

  /** A snapshot of what it holds, to go back to. */
  async keep() {
    assert.equal(await this.cli("SAVE"), "OK");
    this.#kept += 1;
    const kept = path.join(this.home, `kept-${this.#kept}.rdb`);
    cpSync(path.join(this.home, SNAPSHOT), kept);
    return kept;
  }

  /** Killed, and started again with what it held at a snapshot. @param {string} kept */
  async travel(kept) {
    await this.stop("SIGKILL");
    cpSync(kept, path.join(this.home, SNAPSHOT));
    await this.begin();
  }

  /** Hangs without refusing a connection, until it is resumed. */
  pause() {
    this.#server?.kill("SIGSTOP");
  }

  resume() {
    this.#server?.kill("SIGCONT");
  }

  /** @param {NodeJS.Signals} [signal] */
  async stop(signal = "SIGTERM") {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    // A stopped process takes no other signal.
    server.kill("SIGCONT");
    await end(server, signal);
  }

  async close() {
    await this.stop("SIGKILL");
    remove(this.home);
  }
}
