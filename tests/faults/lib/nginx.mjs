// The nginx that is shipped with the program, before two of its processes: the file as it is, but for what a machine
// without a certificate and with other ports cannot have.
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { end, folder, freePort, start, until } from "./private.mjs";
import { ROOT } from "./program.mjs";

/** @param {string} text @param {string} from @param {string} to */
function exchanged(text, from, to) {
  if (!text.includes(from)) throw new Error(`the nginx.conf that is shipped has no ${from}`);
  return text.replaceAll(from, to);
}

export class Nginx {
  /** @param {import("node:child_process").ChildProcess} child @param {number} port */
  constructor(child, port) {
    this.child = child;
    this.port = port;
  }

  /** Before two processes. @param {number[]} ports */
  static async before([one, other]) {
    const home = folder("nginx");
    const port = await freePort();
    let shipped = readFileSync(path.join(ROOT, "api/deploy/nginx.conf"), "utf8");
    shipped = exchanged(shipped, "127.0.0.1:8080", `127.0.0.1:${one}`);
    shipped = exchanged(shipped, "127.0.0.1:8090", `127.0.0.1:${other}`);
    shipped = exchanged(shipped, "listen 80;", `listen 127.0.0.1:${await freePort()};`);
    shipped = exchanged(shipped, "listen 443 ssl;", `listen 127.0.0.1:${port};`);
    shipped = shipped.replaceAll(/^ *ssl_certificate.*$/gm, "");
    const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${home}/${name};`,
    );
    const file = path.join(home, "nginx.conf");
    writeFileSync(
      file,
      `daemon off; master_process off; pid ${home}/pid; error_log ${home}/error.log warn;
       events { worker_connections 1024; }
       http { access_log off; ${places.join(" ")}
       ${shipped} }`,
    );
    // The system's PATH for people leaves it out.
    const env = { PATH: `${process.env.PATH ?? ""}:/usr/sbin` };
    const log = path.join(home, "said");
    const child = start(["nginx", "-e", path.join(home, "error.log"), "-p", home, "-c", file], { env, log });
    const listens = () =>
      new Promise((resolve) => {
        const socket = connect(port, "127.0.0.1", () => {
          socket.destroy();
          resolve(true);
        }).once("error", () => resolve(false));
      });
    await until("nginx listens", async () => {
      if (child.exitCode !== null) throw new Error(`nginx did not start:\n${readFileSync(log, "utf8")}`);
      return /** @type {boolean} */ (await listens());
    });
    return new Nginx(child, port);
  }

  async close() {
    await end(this.child, "SIGTERM");
  }
}
