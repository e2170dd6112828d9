// F26: nothing betrays anybody (security.md 1.4.3, T4). Everybody says a word of his own wherever something can be said:
// in every field, header and address, in what is right and what is refused, in photos around their pixels, in the middle
// of a panic, while the processes log all they can. Then everything that the installation left behind is searched for
// every word in every form. Each is where it belongs (so that the search is known to find), and nowhere else.
import assert from "node:assert/strict";
import { chmodSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { test } from "node:test";
import { lifeOfAnAccount } from "./lib/account.mjs";
import { api } from "./lib/api.mjs";
import { Canaries } from "./lib/canaries.mjs";
import { exposed, Places, unpacked } from "./lib/places.mjs";
import { livesOfCases, Stranger, Villager } from "./lib/plant.mjs";
import { PostOffice } from "./lib/post_office.mjs";
import { folder, until } from "./lib/private.mjs";
import { ENGINES, inHouse } from "./lib/scene.mjs";

/** @typedef {import("./lib/house.mjs").House} House */

/** A Tuesday at half past nine, when letters go out (case time, µs). */
const OPEN = Date.parse("2026-11-24T09:30:00+08:00") * 1_000;
/** Lines that a process writes at least when it logs all it can; without that it writes about five. */
const TALKATIVE = 50;

/** Says something over a bare connection; what came back. @param {number} port @param {string} words @returns {Promise<string>} */
function raw(port, words) {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(words));
    socket.setTimeout(10_000, () => socket.destroy());
    socket.setEncoding("latin1").on("data", (part) => {
      text += part;
    });
    // What is too much is cut off when the answer has been written.
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}

/** Calls that are refused, each with a word in what is wrong with it. @param {House} house @param {Canaries} canaries */
async function mishaps(house, canaries) {
  const { port } = house.front;
  const stranger = new Stranger(house, canaries, "somebody who gets it wrong");
  const word = (/** @type {string} */ name) => canaries.word(name);
  const key = { "idempotency-key": word("a key of what was refused").padEnd(24, "0") };
  const refused = async (
    /** @type {number[]} */ statuses,
    /** @type {Parameters<Stranger["asks"]>} */ ...what
  ) => {
    const { status, text } = await stranger.asks(...what);
    assert.ok(statuses.includes(status), `${what[0]} ${what[1]}: ${status} ${text}`);
  };
  const filing = { kind: "complaint", region_code: "230104111204", category: "service", targets: [] };
  const whole = { ...filing, text: "演示：路灯坏了。", identity: { mode: "anonymous" } };
  for (const [name, body] of Object.entries({
    "a field that nobody knows": {
      ...whole,
      [word("the name of an unknown field")]: word("an unknown field"),
    },
    "a kind that is none": { ...whole, kind: word("a wrong kind") },
    "a region that is none": { ...whole, region_code: word("a wrong region") },
    "a category that is none": { ...whole, category: word("a wrong category") },
    "a text that is no text": { ...whole, text: [word("a text in a list")] },
    "an identity without its mode": {
      ...whole,
      identity: { name: word("a name without a mode"), phone: canaries.phone("a phone without a mode") },
    },
    "an anonymous one with a name": {
      ...whole,
      identity: { mode: "anonymous", name: word("the name of an anonymous one") },
    },
    "a phone that is none": {
      ...whole,
      identity: { mode: "named", name: word("a name beside a wrong phone"), phone: word("a wrong phone") },
    },
    "a token that is none": { ...whole, attachments: [word("a wrong token")] },
    "a target that is nobody": { ...whole, targets: [{ type: "post", id: word("a wrong post") }] },
    "about nothing": { ...whole, about: { type: "disclosure_line", id: word("a wrong line") } },
    "too long a text": { ...whole, text: `${word("the beginning of a long text")}${"长".repeat(5_000)}` },
  })) {
    await refused([400, 404, 409, 422], "POST", "/complaints", body, key);
    assert.ok(name);
  }
  const receipt = { "x-receipt-code": "1234 5678 9012 3456 7890" };
  canaries.is("a receipt that is none", "12345678901234567890");
  await refused([404, 429], "GET", "/receipt", undefined, receipt);
  await refused([404, 429], "GET", "/receipt", undefined, { "x-receipt-code": word("words for a receipt") });
  await refused([400, 401, 404, 422], "GET", `/receipt?code=${word("a receipt in an address")}`);
  await refused([400, 404, 422], "POST", "/receipt/messages", { text: word("a message to nobody") }, receipt);
  await refused([404], "GET", `/complaints/${word("a path")}`);
  await refused([404], "GET", `//${word("a page")}.html`);
  await refused([400, 422], "GET", `/regions?${word("the name of a parameter")}=${word("a parameter")}`);
  await refused([401], "GET", `/admin/complaints?q=${word("a search without a login")}`, undefined, {
    authorization: `Bearer ${word("a token that is none")}`,
  });
  await refused([401], "GET", "/auth/me", undefined, {
    authorization: `Basic ${Buffer.from(`${word("a name in Basic")}:${word("a password in Basic")}`).toString("base64")}`,
  });
  await refused([400, 404, 405, 501], word("A METHOD").toUpperCase(), "/complaints");
  await refused([401, 422, 404], "POST", "/auth/enrol", { token: word("a link that is none") });

  // Words that are no JSON, no form, no HTTP, or too many.
  const said = async (/** @type {string} */ head, /** @type {string} */ body) => {
    const words = `POST /api/v1/${head}\r\nhost: x\r\nconnection: close\r\nidempotency-key: ${"k".repeat(32)}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    assert.match(await raw(port, words), /^HTTP\/1\.1 4\d\d /, head);
  };
  const json = "complaints HTTP/1.1\r\ncontent-type: application/json";
  await said(json, `{"text": "${word("a text without an end")}`);
  await said(json, `{"text": "\\ud800${word("a text that is no Unicode")}"}`);
  await said(json, `${word("no JSON at all")}`);
  await said("complaints HTTP/1.1\r\ncontent-type: text/plain", word("a text of another type"));
  await said(`complaints HTTP/1.1\r\ncontent-type: application/${word("a type")}`, "{}");
  await said(json, `{"text": "${word("too much")}${"x".repeat(300_000)}"}`);
  const form = "attachments HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=x";
  await said(
    form,
    `--x\r\nContent-Disposition: form-data; name="${word("the name of a part")}"\r\n\r\n${word("a part")}\r\n--x--\r\n`,
  );
  await said(
    form,
    `--x\r\nContent-Disposition: form-data; name="file"; filename="${word("the name of what is no picture")}.jpg"\r\n\r\n\xff\xd8\xff${word("what is no picture")}\r\n--x--\r\n`,
  );
  await raw(port, `${word("no HTTP")} ${word("at all")}\r\n\r\n`);
  await raw(
    port,
    `GET /api/v1/time HTTP/1.1\r\nhost: ${word("a host")}\r\n${word("a header without an end")}\r\n\r\n`,
  );
  await raw(
    port,
    `GET /api/v1/time HTTP/1.1\r\nhost: x\r\nx-long: ${word("a long header")}${"x".repeat(200_000)}\r\n\r\n`,
  );
}

/** Waits until every letter that may go has gone. @param {House} house */
const untilSent = (house) =>
  until(
    "the letters have gone",
    async () => {
      const [{ waiting }] = await house.query(
        "SELECT count(*) AS waiting FROM outbox o WHERE state = 'pending' AND not_before <= (SELECT last_case FROM clock_base)",
      );
      return waiting === 0;
    },
    { patience: 90_000, pause: 300 },
  );

for (const engine of ENGINES) {
  test(`F26 ${engine}: what was planted is where it belongs and nowhere else`, async (t) => {
    const office = await PostOffice.closed();
    await office.opens();
    await inHouse({ engine, redis: engine === "postgres" }, async (house) => {
      await house.execute(`UPDATE clock_base SET last_case = ${OPEN}, base_wall = base_wall - 3600000000`);
      const canaries = new Canaries();
      const env = {
        RUST_LOG: "trace",
        TRUSTED_PROXIES: "127.0.0.0/8",
        // One panic, in the middle of the first filing's transaction.
        YDT_FAILPOINT: "filing.written:1",
        // On SQLite letters are files.
        ...(engine === "postgres" ? { SMTP_URL: office.url, LOG_FORMAT: "json" } : {}),
      };
      const front = await house.program({ env, role: engine === "postgres" ? "api" : "all" });
      // Nobody else's account may read what was made; also not a database that an earlier program made for everybody.
      assert.deepEqual(exposed(house.dataDir), [], "other accounts may read these");
      if (engine === "sqlite") chmodSync(path.join(house.dataDir, "yidiantong.db"), 0o644);
      await front.begin();
      const worker = engine === "postgres" ? await house.program({ env, role: "worker" }) : front;
      if (worker !== front) await worker.begin();

      await new Villager(house, canaries, "whoever met the panic").files("confidential", {
        target: true,
        panics: true,
      });
      const { id, first } = await livesOfCases(house, canaries);
      await lifeOfAnAccount(house, canaries);
      await mishaps(house, canaries);
      // What belongs into letters, queue and log shows that these are searched.
      canaries.is("a case's number", first.number, [
        "complaints.number",
        "complaints.filed_view",
        "outbox.params",
        "mail",
      ]);
      canaries.is(
        "a case's id",
        id,
        ["complaints.id", "timers.complaint_id", ...(house.redis ? ["redis"] : [])],
        {
          maybe: (place) => place === "log" || /\.(\w+_)?id$/.test(place),
        },
      );
      await untilSent(house);

      const places = new Places();
      places.add("metrics", "front", (await api(front.port, "GET", "//metrics")).text);
      const backup = path.join(folder("backup"), "backup.tar");
      places.add("log", "what the backup said", await front.command("backup", backup));
      const columns = await places.columns(house);
      await places.redis(house);
      for (const { id, text } of office.letters) places.addLetter(id, text);
      const backups = path.dirname(backup);
      assert.deepEqual([...exposed(house.dataDir), ...exposed(backups)], [], "other accounts may read these");
      for (const program of house.programs) {
        const ended = await program.terminate();
        assert.equal(ended.code, 0, "a process did not end in order");
      }
      places.files(house);
      await places.backup(house, backup);
      await house.postgres?.stop("fast");
      places.serverFiles(house);
      assert.ok(first.picture, "no photo was made");
      places.add("picture", "as shown", first.picture);

      // Nothing is found where nothing is looked at.
      for (const place of [
        "mail",
        "attachments",
        "secrets",
        "log",
        "backup",
        "metrics",
        ...(engine === "postgres" ? ["redis", "server files"] : ["database file"]),
      ])
        assert.ok(places.holds(place) > 0, `${place} is empty`);
      for (const program of house.programs) {
        const lines = readFileSync(program.log, "utf8")
          .split("\n")
          .filter((line) => /TRACE|DEBUG/.test(line));
        assert.ok(lines.length > TALKATIVE, `only ${lines.length} lines of the log are talkative`);
      }
      const faults = await canaries.faults(places.dir);
      t.diagnostic(
        `${canaries.all.length} words in ${canaries.needles().size} forms, ${columns} columns; ${places}`,
      );
      assert.deepEqual(faults, [], `${faults.length} words are astray or missing`);
    }).finally(() => office.closes());
  });
}

test("F26: what is packed is searched too", async () => {
  const { deflateSync, gzipSync } = await import("node:zlib");
  const canaries = new Canaries();
  const text = canaries.word("a word", ["packed", "plain", "coded"]);
  const places = new Places();
  for (const pack of [gzipSync, deflateSync]) {
    const bytes = Buffer.concat([Buffer.from("before"), pack(`some ${text} more`), Buffer.from("behind")]);
    assert.ok(unpacked(bytes).some((inside) => inside.includes(text)));
    for (const inside of unpacked(bytes)) places.add("packed", "inside", inside);
  }
  places.add("plain", "file", `a${text.toUpperCase()}b`);
  for (const shift of ["", "a", "ab"]) {
    places.add("coded", "base64", Buffer.from(`${shift}${text} and more`).toString("base64"));
    places.add("coded", "hex", Buffer.from(`${shift}${text}`).toString("hex"));
  }
  assert.deepEqual(await canaries.faults(places.dir), []);
  places.add("elsewhere", "base64", Buffer.from(`xy${text}`).toString("base64url"));
  const [astray = "", ...more] = await canaries.faults(places.dir);
  assert.match(astray, /^a word is in elsewhere/);
  assert.deepEqual(more, []);
});
