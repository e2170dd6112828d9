// Somebody of the staff: at work in a case, with a word of his own in everything said; and a new account from its one-time
// link to the end of its session, with everything that must be kept from everybody.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { api } from "./api.mjs";
import { TOWNSHIP } from "./load.mjs";
import { until } from "./private.mjs";

/** @typedef {import("./house.mjs").House} House */
/** @typedef {import("./canaries.mjs").Canaries} Canaries */

/** Base32 as an authenticator app reads it. @param {string} text */
function fromBase32(text) {
  const bits = [...text].map((c) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"),
  );
  return Buffer.from(
    bits
      .join("")
      .match(/.{8}/g)
      ?.map((byte) => Number.parseInt(byte, 2)) ?? [],
  );
}

/** The code that a phone shows now, or so many half minutes from now (RFC 6238). @param {string} secret @param {number} [steps] */
export function phoneShows(secret, steps = 0) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac("sha1", fromBase32(secret)).update(step).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Somebody of the staff of the demo who acts in a case, with a word in everything said. */
export class Actor {
  /** @param {House} house @param {Canaries} canaries @param {string} username */
  constructor(house, canaries, username) {
    this.house = house;
    this.canaries = canaries;
    this.username = username;
  }

  /** @param {string} method @param {string} address @param {any} [body] @param {Record<string, string>} [headers] */
  async does(method, address, body, headers) {
    const answer = await this.house.as(this.username, method, address, body, headers);
    assert.ok(answer.status < 300, `${this.username} ${method} ${address}: ${answer.status} ${answer.text}`);
    return answer;
  }

  /** The id of a case. @param {string} number */
  async finds(number) {
    const { body } = await this.does("GET", `/admin/complaints?q=${number}`);
    assert.equal(body.items.length, 1, `${this.username} does not find ${number}`);
    return body.items[0].id;
  }

  /**
   * Acts; each field that takes words says one.
   * @param {string} id @param {string} action
   * @param {Record<string, string[] | null>} [words] fields, and where what is said in them belongs; null: nowhere any
   *   more when everything is over
   * @param {any} [more] other fields
   */
  async acts(id, action, words = {}, more = {}) {
    const { headers } = await this.does("GET", `/admin/complaints/${id}`);
    const said = Object.entries(words).map(([field, homes]) => [
      field,
      `演示 ${this.canaries.word(
        `${field} of ${action} by ${this.username} (${this.canaries.all.length})`,
        homes ?? [],
        // Dead rows, and the log of changes.
        homes === null ? (place) => ["server files", "database file"].includes(place) : undefined,
      )}`,
    ]);
    const body = { action, ...Object.fromEntries(said), ...more };
    return this.does("POST", `/admin/complaints/${id}/actions`, body, { "if-match": String(headers.etag) });
  }
}

/** An account from its one-time link to the end of its session. @param {House} house @param {Canaries} canaries */
export async function lifeOfAnAccount(house, canaries) {
  const admin = new Actor(house, canaries, "demo_admin");
  const port = house.front.port;
  const name = canaries.word("an account's name", ["staff.username", "outbox.params", "mail"]);
  /** @type {{ username: string, totp_secret: string }[]} */
  const accounts = JSON.parse(readFileSync(path.join(house.dataDir, "demo-accounts.json"), "utf8"));
  const phone = accounts.find(({ username }) => username === "demo_admin")?.totp_secret ?? "";
  await admin.does("GET", "/auth/me");
  const proved = await admin.does("POST", "/auth/step-up", { totp_code: phoneShows(phone, 1) });
  const hired = await admin.does(
    "POST",
    "/admin/staff",
    {
      username: name,
      display_name: `演示 ${canaries.word("an account's display name", ["staff.display_name", "persons.name"])}`,
      role: "handler",
      organisation_id: `township-government-${TOWNSHIP}`,
      email: `${canaries.word("an account's mail address", ["staff.email", "mail"])}@example.invalid`,
      reason: canaries.word("the reason of hiring", ["audit.reason"]),
    },
    { authorization: `Bearer ${proved.body.access_token}` },
  );
  const token = String(hired.body.enrolment_link).split("#token=")[1] ?? "";
  canaries.is("the token of the one-time link", token);
  const tries = async (/** @type {string} */ address, /** @type {any} */ body, headers = {}, status = 0) => {
    const answer = await api(port, "POST", address, { body, headers });
    assert.ok(
      status === 0 ? answer.status < 300 : answer.status === status,
      `${address}: ${answer.status} ${answer.text}`,
    );
    return answer;
  };
  // Three codes in a row are shown before the phone's half minute is over, or at its beginning.
  await until("a half minute is young", () => Date.now() % 30_000 < 15_000);
  const shown = await tries("/auth/enrol", { token });
  const secret = shown.body.totp_secret;
  canaries.is("the phone's secret", secret);
  canaries.also("the phone's secret", fromBase32(secret).toString("hex"));
  const password = `${canaries.word("the password")}-tuanjie`;
  const wrong = canaries.word("a wrong password");
  // Codes are six digits: whether one is somewhere cannot be told from any other number, so only the secret is looked for.
  const enrolled = await tries("/auth/enrol", { token, password, totp_code: phoneShows(secret, -1) });
  const papers = enrolled.body.recovery_codes;
  for (const [index, code] of papers.entries()) isCode(canaries, `recovery code ${index}`, code);
  await tries("/auth/login", { username: name, password: wrong, totp_code: "000000" }, {}, 401);
  await tries(
    "/auth/login",
    { username: canaries.word("a name that nobody has"), password: wrong, totp_code: "000000" },
    {},
    401,
  );
  // As happens: the password where the name belongs.
  await tries("/auth/login", { username: password, password: name, totp_code: "000000" }, {}, 401);
  const session = await tries("/auth/login", { username: name, password, totp_code: phoneShows(secret) });
  const keeps = (/** @type {string} */ which, /** @type {any} */ answer) => {
    canaries.is(`the access token of ${which}`, answer.body.access_token.split(".")[2]);
    const cookie = String(answer.headers["set-cookie"]).match(/rt=([^;]+)/)?.[1] ?? "";
    canaries.is(`the refresh token of ${which}`, cookie);
    return {
      authorization: `Bearer ${answer.body.access_token}`,
      cookie: `rt=${cookie}`,
      origin: `http://127.0.0.1:${port}`,
    };
  };
  const before = keeps("the login", session);
  const after = keeps("the renewal", await tries("/auth/refresh", undefined, before));
  const sure = await tries(
    "/auth/step-up",
    { totp_code: phoneShows(secret, 1) },
    { authorization: after.authorization },
  );
  canaries.is("the access token of the fresh code", sure.body.access_token.split(".")[2]);
  const again = await tries("/auth/recovery-codes", undefined, {
    authorization: `Bearer ${sure.body.access_token}`,
  });
  for (const [index, code] of again.body.recovery_codes.entries())
    isCode(canaries, `new recovery code ${index}`, code);
  const paper = keeps(
    "the paper",
    await tries("/auth/login", { username: name, password, recovery_code: again.body.recovery_codes[0] }),
  );
  // A spent one comes back: its session ends, and its owner is told.
  await tries("/auth/refresh", undefined, before, 401);
  await tries("/auth/logout", undefined, paper);
}

/** A recovery code, with its hyphens and without. @param {Canaries} canaries @param {string} name @param {string} code */
function isCode(canaries, name, code) {
  canaries.is(name, code);
  canaries.also(name, code.replaceAll("-", ""));
  canaries.also(name, code.replaceAll("-", "").toLowerCase());
}
