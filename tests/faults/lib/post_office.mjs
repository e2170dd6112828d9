// A mail server (RFC 5321, as much of it as a submitting client meets) that can be as bad as real ones: closed, silent,
// refusing, or gone between taking a letter and saying so. It keeps every letter it took, as its recipient would see
// them.
import { createServer } from "node:net";
import { freePort } from "./private.mjs";

/**
 * What happens to a letter once its last line is there:
 * - `take`: it is kept, and the client is told so;
 * - `busy`: 421, and the connection is closed;
 * - `hang`: nothing is said, until the server is well again or the client goes;
 * - `drop`: it is kept, and the connection is gone before the client is told.
 * @typedef {"take" | "busy" | "hang" | "drop"} Manner
 */

/**
 * @typedef {object} Arrival
 * @property {string} id the Message-ID
 * @property {string} to
 * @property {string} text the whole letter
 */

export class PostOffice {
  /** Letters that were kept, in their order. @type {Arrival[]} */
  letters = [];
  /** How often each manner was met, and `refused` recipients. */
  met = { take: 0, busy: 0, hang: 0, drop: 0, refused: 0 };
  /** Decides about a letter. @type {(id: string) => Manner} */
  manner = () => "take";
  /** Whether a recipient is refused for good. @type {(to: string) => boolean} */
  refuses = () => false;
  /** The most connections that were open at once. */
  most = 0;
  /** @type {Set<import("node:net").Socket>} */ #open = new Set();
  /** @type {Set<import("node:net").Socket>} */ #hanging = new Set();
  /** @type {import("node:net").Server | null} */ #server = null;

  /** @param {number} port */
  constructor(port) {
    this.port = port;
  }

  /** One that is closed still: connections are refused. */
  static async closed() {
    return new PostOffice(await freePort());
  }

  get url() {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** @returns {Promise<void>} */
  opens() {
    const server = createServer((socket) => this.#serve(socket));
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.port, "127.0.0.1", () => resolve());
    });
  }

  /** Whoever hangs is cut off, as by a restart. */
  cutOff() {
    for (const socket of this.#hanging) socket.destroy();
    this.#hanging.clear();
  }

  closes() {
    this.#server?.close();
    this.#server = null;
    for (const socket of this.#open) socket.destroy();
  }

  /** @param {import("node:net").Socket} socket */
  #serve(socket) {
    this.#open.add(socket);
    this.most = Math.max(this.most, this.#open.size);
    socket.on("close", () => {
      this.#open.delete(socket);
      this.#hanging.delete(socket);
    });
    // Clients come and go; a reset is none of our faults.
    socket.on("error", () => {});
    const say = (/** @type {string} */ line) => socket.write(`${line}\r\n`);
    let [unread, to, isLetter] = ["", "", false];
    socket.setEncoding("utf8").on("data", (part) => {
      unread += part;
      for (;;) {
        const mark = isLetter ? "\r\n.\r\n" : "\r\n";
        const end = unread.indexOf(mark);
        if (end < 0) return;
        const piece = unread.slice(0, end);
        unread = unread.slice(end + mark.length);
        if (isLetter) {
          isLetter = false;
          this.#letter(socket, to, piece);
          continue;
        }
        const word = piece.slice(0, 4).toUpperCase();
        if (word === "EHLO") say("250-sink.invalid\r\n250 8BITMIME");
        else if (word === "RCPT") {
          to = piece.match(/<([^>]*)>/)?.[1] ?? "";
          if (this.refuses(to)) {
            this.met.refused += 1;
            say("550 5.1.1 nobody of this name");
          } else say("250 2.1.5 ok");
        } else if (word === "DATA") {
          isLetter = true;
          say("354 go on");
        } else if (word === "QUIT") {
          say("221 2.0.0 bye");
          socket.end();
        } else say("250 2.0.0 ok");
      }
    });
    say("220 sink.invalid ESMTP");
  }

  /** @param {import("node:net").Socket} socket @param {string} to @param {string} text */
  #letter(socket, to, text) {
    const id = text.match(/^Message-ID: *(<[^>]+>)/im)?.[1] ?? "";
    const manner = this.manner(id);
    this.met[manner] += 1;
    if (manner === "take" || manner === "drop") this.letters.push({ id, to, text });
    if (manner === "take") socket.write("250 2.0.0 kept\r\n");
    else if (manner === "busy") socket.end("421 4.3.2 too busy\r\n");
    else if (manner === "drop") socket.destroy();
    else this.#hanging.add(socket);
  }
}
