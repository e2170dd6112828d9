// A bad line between a browser and the server, in the test's own hand: it may be cut, and the server may be killed at the
// very moment a complaint is on its way, before it is read or after it was answered.
import { createServer, type Server as HttpServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Server } from "./server.mjs";

/** What becomes of a request; `pass` by default. */
export type Fate =
  | "pass"
  /** The server is killed, and has never heard of it. */
  | "kill before"
  /** The server has answered, and is killed; the answer gets lost. */
  | "kill after"
  /** The server has answered; the answer gets lost. */
  | "lose the answer";

export class Line {
  readonly #server: Server;
  readonly #http: HttpServer;
  readonly #sockets = new Set<Socket>();
  readonly #fates = new Map<string, Fate[]>();
  readonly #others = new Map<string, { headers: Record<string, string>; body: string }>();
  #cut = false;
  /** Every request that came through, as `POST /api/v1/complaints`. */
  readonly seen: string[] = [];

  private constructor(server: Server) {
    this.#server = server;
    this.#http = createServer((asked, answer) => {
      const name = `${asked.method} ${asked.url?.split("?")[0]}`;
      this.seen.push(name);
      const fate = this.#fates.get(name)?.shift() ?? "pass";
      const other = this.#others.get(asked.url ?? "");
      if (other !== undefined) {
        answer.writeHead(200, other.headers).end(other.body);
        return;
      }
      if (fate === "kill before") {
        this.kill();
        asked.socket.destroy();
        return;
      }
      const onward = request(
        {
          host: "127.0.0.1",
          port: server.port,
          method: asked.method,
          path: asked.url,
          headers: asked.headers,
        },
        (reply) => {
          if (fate === "pass") {
            // Each request has a connection of its own: on one used before, a browser would ask again by itself.
            answer.writeHead(reply.statusCode ?? 502, { ...reply.headers, connection: "close" });
            reply.pipe(answer);
            reply.on("error", () => answer.destroy());
            return;
          }
          whole(reply).then(() => {
            if (fate === "kill after") this.kill();
            asked.socket.destroy();
          });
        },
      );
      onward.on("error", () => asked.socket.destroy());
      asked.pipe(onward);
    });
    this.#http.on("connection", (socket) => {
      if (this.#cut) socket.destroy();
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      socket.on("error", () => undefined);
    });
  }

  static async to(server: Server): Promise<Line> {
    const line = new Line(server);
    await new Promise<void>((ready) => line.#http.listen(0, "127.0.0.1", ready));
    return line;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** The next request of that name meets this fate; said twice, so does the one after it. */
  next(name: string, fate: Fate): void {
    this.#fates.set(name, [...(this.#fates.get(name) ?? []), fate]);
  }

  /** Another file in the place of the server's. */
  replace(path: string, headers: Record<string, string>, body: string): void {
    this.#others.set(path, { headers, body });
  }

  count(name: string): number {
    return this.seen.filter((one) => one === name).length;
  }

  /** As with the plug pulled: nothing gets through, and nobody is told. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#cut = false;
  }

  kill(): void {
    if (this.#server.pid === 0) return;
    try {
      process.kill(this.#server.pid, "SIGKILL");
    } catch (cause) {
      throw new Error(`the server had ended by itself, saying:\n${this.#server.said}`, { cause });
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.#http.close(done));
  }
}

const whole = (reply: IncomingMessage): Promise<void> =>
  new Promise((done) => {
    reply.resume();
    reply.on("end", done);
    reply.on("close", done);
  });
