// Ten thousand people who keep their connection for a minute, one request in twenty a filing: nothing may break
// but deliberate 503 with Retry-After. What it takes of time and memory is printed.
//
//   node tests/bench/crowd.mjs [--connections 10000] [--seconds 60] [--pause 4000] [--sqlite 1] [--postgres 1]
import { execFileSync } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { binary, endInOrder, Server } from "../e2e/server.mjs";
import { folder, heading, line, load, memory, postgres, scale } from "./parts.mjs";

const { connections, seconds, pause, sqlite, postgres: wanted } = scale({
  connections: 10_000,
  seconds: 60,
  // Between an answer and the next request of a connection, on average, ms.
  pause: 4_000,
  sqlite: 1,
  postgres: 1,
});
/** Of wrk. */
const THREADS = 2;
/** Beside the connections: files, pools, pipes. */
const FILES = connections + 1_000;

/** Sockets that a process holds. @param {number} pid */
function sockets(pid) {
  const folder = `/proc/${pid}/fd`;
  const isSocket = (/** @type {string} */ name) => {
    try {
      return readlinkSync(`${folder}/${name}`).startsWith("socket:");
    } catch {
      return false; // Closed since the folder was read.
    }
  };
  return readdirSync(folder).filter(isSocket).length;
}

/** @param {string} engine @param {Record<string, string>} env */
async function crowd(engine, env) {
  heading(`${connections.toLocaleString("en")} connections that stay open, 95 % reads, ${seconds} s, on ${engine}`);
  const server = await Server.open({ file: binary("release"), dataDir: folder(), env });
  // The process that made the demo still holds what the making took.
  await server.restart({});
  const idle = memory(server.pid, "VmRSS");
  const going = load(server.origin, "crowd.lua", { connections, seconds, threads: THREADS }, { pause, fresh: connections / THREADS });
  let most = 0;
  const look = setInterval(() => {
    most = Math.max(most, sockets(server.pid));
  }, 2_000);
  const took = await going;
  clearInterval(look);
  const peak = memory(server.pid, "VmHWM");
  line("answers that broke (5xx but deliberate 503)", took.broken, "0", `of ${took.requests.toLocaleString("en")}; deliberate 503: ${took.asked_back}; 4xx: ${took.refused} ${took.statuses}`);
  line("connections lost, or no answer in 10 s", took.lost, "", `sockets of the server at the most: ${most}`);
  line("requests/s", took.rate, "", `a pause of ${pause} ms on average between two of one connection`);
  line("p99, ms", took.p99, "< 2000", `median ${took.p50} ms, worst ${took.max} ms`);
  line("resident memory at the most, MB", peak, "< 1000", `${Math.round(idle)} MB before`);
  await server.close();
}

endInOrder();
// The programs begun from here may open as many as this one.
execFileSync("prlimit", ["--pid", String(process.pid), `--nofile=${FILES}:${FILES}`]);
if (sqlite) await crowd("SQLite", {});
if (wanted) {
  const database = postgres();
  await crowd("PostgreSQL", { DATABASE_URL: database.address });
  database.stop();
}
process.exit();
