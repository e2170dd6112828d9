// One request, with everything a fault may do to it told apart: an answer, or how the connection ended.
import { Agent, request } from "node:http";

/** Connections that stay open, as browsers keep them. @param {number} most */
export const connections = (most) => new Agent({ keepAlive: true, maxSockets: most });

const single = connections(8);

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {import("node:http").IncomingHttpHeaders} headers
 * @property {string} text
 * @property {any} body the JSON, or null
 */

/**
 * @param {number} port @param {string} method @param {string} address below `/api/v1`, or from the root when it begins with `//`
 * @param {{ body?: any, headers?: Record<string, string>, agent?: Agent, patience?: number }} [more]
 * @returns {Promise<Answer>} refused when no whole answer came; `error.sent` says whether the request had left, `error.reused` whether on a connection that was there before
 */
export function api(port, method, address, { body, headers = {}, agent = single, patience = 60_000 } = {}) {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const type =
    sent === undefined
      ? {}
      : { "content-type": "application/json", "content-length": String(Buffer.byteLength(sent)) };
  const path = address.startsWith("//") ? address.slice(1) : `/api/v1${address}`;
  return new Promise((resolve, reject) => {
    let left = false;
    const fail = (/** @type {Error} */ error) =>
      reject(Object.assign(error, { sent: left, reused: going.reusedSocket }));
    const going = request(
      { agent, host: "127.0.0.1", port, method, path, headers: { ...headers, ...type } },
      (answer) => {
        /** @type {Buffer[]} */
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("error", fail);
        answer.on("end", () => {
          const text = Buffer.concat(parts).toString();
          const status = answer.statusCode ?? 0;
          const isJson = String(answer.headers["content-type"] ?? "").includes("json");
          resolve({ status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : null });
        });
      },
    );
    going.on("finish", () => {
      left = true;
    });
    going.setTimeout(patience, () => going.destroy(new Error(`no answer within ${patience} ms`)));
    going.on("error", fail);
    going.end(sent);
  });
}
