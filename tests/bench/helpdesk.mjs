// Filing complaints beside django-helpdesk 2.6.1 creating tickets under gunicorn, on one PostgreSQL server, by
// turns, each from the same number of connections. Its settings allow it the least work (helpdesk/settings.py);
// it comes from the package registry into a folder that goes with the bench.
//
//   node tests/bench/helpdesk.mjs [--seconds 10] [--connections 64]
import { execFileSync, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { run } from "../e2e/multiply.mjs";
import { binary, endInOrder, freePort, Server } from "../e2e/server.mjs";
import { atTheEnd, folder, heading, line, load, median, postgres, round, scale } from "./parts.mjs";

const { seconds, connections } = scale({ seconds: 10, connections: 64 });
const PACKAGES = ["django-helpdesk==2.6.1", "Django==5.2.19", "gunicorn==27.0.1", "psycopg[binary]==3.3.9"];
const PROJECT = path.join(path.dirname(fileURLToPath(import.meta.url)), "helpdesk");
/** Its workers: as many as there are processors, and the twice as many of gunicorn's advice. The best counts. */
const WORKERS = [2, 4];
const TURNS = 3;

/** Its packages, in an environment of their own. */
function environment() {
  const where = folder();
  execFileSync("python3", ["-m", "venv", where]);
  const program = (/** @type {string} */ name) => path.join(where, "bin", name);
  execFileSync(program("pip"), ["install", "--quiet", "--disable-pip-version-check", ...PACKAGES], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return program;
}

/** A database with its tables and one queue that everybody may write to. @param {(name: string) => string} program @param {string} address */
async function project(program, address) {
  const { port, username, pathname } = new URL(address);
  const env = {
    ...process.env,
    HELPDESK_PORT: port,
    HELPDESK_USER: username,
    HELPDESK_DATABASE: pathname.slice(1),
    DJANGO_SETTINGS_MODULE: "settings",
    PYTHONPATH: PROJECT,
    PYTHONDONTWRITEBYTECODE: "1",
    // Where it keeps a socket of its own.
    HOME: folder(),
  };
  const django = (/** @type {string[]} */ words) =>
    execFileSync(program("python"), ["-m", "django", ...words], { env, stdio: ["ignore", "ignore", "inherit"] });
  django(["migrate"]);
  const queue = "Queue.objects.create(title='Bench', slug='bench', allow_public_submission=True)";
  django(["shell", "-c", `from helpdesk.models import Queue; ${queue}`]);
  return env;
}

/** @param {(name: string) => string} program @param {NodeJS.ProcessEnv} env @param {number} workers */
async function serve(program, env, workers) {
  const port = await freePort();
  const words = ["--workers", String(workers), "--bind", `127.0.0.1:${port}`, "--log-level", "error"];
  const child = spawn(program("gunicorn"), [...words, "django.core.wsgi:get_wsgi_application()"], {
    env,
    stdio: "inherit",
  });
  atTheEnd(() => child.kill("SIGTERM"));
  const origin = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${origin}/tickets/submit/`).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error("gunicorn did not start");
    await sleep(100);
  }
  return origin;
}

endInOrder();
heading(`Filing beside django-helpdesk 2.6.1 under gunicorn, one PostgreSQL, ${connections} connections, median of ${TURNS}`);
const program = environment();
const database = postgres();
await run("postgres", database.address, "CREATE DATABASE helpdesk;");
const env = await project(program, database.at("helpdesk"));
const theirs = new Map();
for (const workers of WORKERS) theirs.set(workers, await serve(program, env, workers));
const server = await Server.open({
  file: binary("release"),
  dataDir: folder(),
  role: "api",
  env: { DATABASE_URL: database.address },
});
/** @type {Record<string, number[]>} */
const rates = {};
/** @param {string} name @param {import("./parts.mjs").Load} took */
const note = (name, took) => {
  if (took.requests !== took.good) throw new Error(`${name}: ${took.requests - took.good} of ${took.requests} were not taken`);
  rates[name] = [...(rates[name] ?? []), took.rate];
};
const size = { connections, seconds };
// What only the first requests cost is nobody's rate.
await load(server.origin, "filing.lua", { connections, seconds: 1 }, { run: "first" });
for (const origin of theirs.values()) await load(origin, "ticket.lua", { connections, seconds: 1 });
for (let turn = 0; turn < TURNS; turn += 1) {
  note("ours", await load(server.origin, "filing.lua", size, { run: `h${turn}` }));
  for (const [workers, origin] of theirs) note(`${workers}`, await load(origin, "ticket.lua", size));
}
const tickets = Number(await run("postgres", database.at("helpdesk"), "SELECT count(*) FROM helpdesk_ticket;"));
const [ours, best] = [median(rates.ours ?? []), Math.max(...WORKERS.map((workers) => median(rates[workers] ?? [])))];
line("ours, filings/s", ours, "", (rates.ours ?? []).map(round).join(", "));
line("django-helpdesk, tickets/s", best, "", WORKERS.map((workers) => `${workers} workers: ${(rates[workers] ?? []).map(round).join(", ")}`).join("; "));
line("    ratio", ours / best, "≥ 50", `${tickets} tickets are in its table`);
process.exit();
