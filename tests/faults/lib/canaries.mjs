// Words that occur nowhere else, planted wherever somebody can say something, and where each of them belongs. They are
// searched for in every form in which a machine may keep a text: as it is, in small and capital letters, base64,
// hexadecimal, percent signs, and the digests of what is short enough to be guessed.
import assert from "node:assert/strict";
import { createHash, randomBytes, randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { folder, run } from "./private.mjs";

/**
 * @typedef {object} Canary
 * @property {string} name what it is
 * @property {string} text
 * @property {Set<string>} homes where it has to be found, such as `complaints.text`
 * @property {(place: string) => boolean} maybe whether it may be found at another place besides
 * @property {boolean} guessable whether its digest would betray it to whoever tries all there are
 */

/** Places that hold the database as bytes: what belongs in a column is in these too. */
const COPIES = ["database file", "backup", "server files"];

export class Canaries {
  #mark = `cny${randomBytes(4).toString("hex")}`;
  /** @type {Canary[]} */ all = [];
  /** Texts that are looked for on another's account. @type {Map<string, Canary>} */ #needles = new Map();

  /**
   * A new word of letters and digits.
   * @param {string} name @param {string[]} [homes] where it has to be found @param {Canary["maybe"]} [maybe]
   */
  word(name, homes = [], maybe = /** @type {Canary["maybe"]} */ (() => false)) {
    const text = `${this.#mark}${String(this.all.length).padStart(3, "0")}x`;
    return this.is(name, text, homes, { maybe }).text;
  }

  /** A telephone number. @param {string} name @param {string[]} [homes] */
  phone(name, homes = []) {
    return this.is(name, `139${String(randomInt(1e8)).padStart(8, "0")}`, homes, { guessable: true }).text;
  }

  /** An address of the network. @param {string} name */
  address(name) {
    const groups = Array.from({ length: 3 }, () => randomInt(0x1000, 0x10000).toString(16));
    return this.is(name, `2001:db8:${groups.join(":")}:77:88:99`).text;
  }

  /**
   * Something that is there already: a code, a token, a number that the program made.
   * @param {string} name @param {string} text @param {string[]} [homes]
   * @param {{ maybe?: (place: string) => boolean, guessable?: boolean }} [more]
   */
  is(name, text, homes = [], { maybe = () => false, guessable = false } = {}) {
    assert.ok(text.length >= 6, `${name} is too short to be looked for`);
    const canary = { name, text, homes: new Set(homes), maybe, guessable };
    this.all.push(canary);
    return canary;
  }

  /** Another spelling of a canary, or a digest that holds it. @param {string} name @param {string} text */
  also(name, text) {
    const canary = this.all.find((one) => one.name === name);
    assert.ok(canary, name);
    this.#needles.set(text, canary);
  }

  /** What is looked for, and on whose account. */
  needles() {
    /** @type {Map<string, Canary>} */
    const needles = new Map(this.#needles);
    for (const canary of this.all) for (const form of forms(canary)) needles.set(form, canary);
    return needles;
  }

  /**
   * Looks through a folder in which everything was laid out, one folder a place.
   * @param {string} dir @returns {Promise<string[]>} what is where it must not be, and what is not where it must be
   */
  async faults(dir) {
    const needles = this.needles();
    const list = path.join(folder("needles"), "list");
    writeFileSync(list, `${[...needles.keys()].join("\n")}\n`);
    const said = await run(["grep", "-R", "-a", "-o", "-F", "-f", list, "."], {
      cwd: dir,
      env: { LC_ALL: "C" },
      failing: true,
    });
    /** @type {Map<Canary, Map<string, string>>} */
    const found = new Map();
    for (const line of said.split("\n")) {
      if (line === "") continue;
      const [, place = "", file = "", text = ""] = line.match(/^\.\/([^/]+)\/([^:]+):(.*)$/) ?? [];
      const canary = needles.get(text);
      assert.ok(canary, `grep found what nobody looks for: ${line.slice(0, 200)}`);
      const where = found.get(canary) ?? new Map();
      where.set(place, `${file} (${text.slice(0, 60)})`);
      found.set(canary, where);
    }
    return this.all.flatMap((canary) => judge(canary, found.get(canary) ?? new Map()));
  }
}

/** @param {Canary} canary @param {Map<string, string>} found */
function judge({ name, homes, maybe }, found) {
  const isStored = [...homes].some((home) => /^[a-z_]+\.[a-z_0-9]+$/.test(home));
  const astray = [...found].filter(
    ([place]) => !homes.has(place) && !maybe(place) && !(isStored && COPIES.includes(place)),
  );
  const missing = [...homes].filter((home) => !found.has(home));
  return [
    ...astray.map(([place, file]) => `${name} is in ${place}: ${file}`),
    ...missing.map((home) => `${name} is not in ${home}, where it belongs: the search finds nothing there`),
  ];
}

/** The ways a text may be kept. @param {Canary} canary */
function forms({ text, guessable }) {
  const bytes = Buffer.from(text);
  const hex = bytes.toString("hex");
  const digests = guessable
    ? ["sha256", "sha1", "md5"].flatMap((kind) => {
        const digest = createHash(kind).update(text).digest();
        return [digest.toString("hex"), digest.toString("base64").replace(/=+$/, "")];
      })
    : [];
  return new Set([
    text,
    text.toLowerCase(),
    text.toUpperCase(),
    encodeURIComponent(text),
    hex,
    hex.toUpperCase(),
    ...[0, 1, 2].flatMap((shift) => inBase64(bytes, shift)),
    ...digests,
  ]);
}

/**
 * What of a text stands in base64 whatever comes before and behind it, so many bytes into a group of three.
 * @param {Buffer} bytes @param {number} shift
 */
function inBase64(bytes, shift) {
  const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
  const whole = padded.subarray(0, padded.length - (padded.length % 3)).toString("base64");
  const core = whole.slice(shift === 0 ? 0 : 4);
  // Short ones would be found by chance.
  return core.length < 8 ? [] : [core, core.replaceAll("+", "-").replaceAll("/", "_")];
}

/** JSON in one form (RFC 8785), as far as texts, numbers and lists go. @param {any} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}
