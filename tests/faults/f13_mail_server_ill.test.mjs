// F13: the mail server is closed, says nothing, sends people away, refuses somebody for good, or is gone between taking
// a letter and saying so. None of that is noticed by people who file or by any clock; every letter arrives in the end,
// once, or twice under one Message-ID where the server took it and did not say so; what was refused for good is seen by
// those who run the installation, who let it go again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ladderIsWhole, nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { Load } from "./lib/load.mjs";
import { PostOffice } from "./lib/post_office.mjs";
import { sleep, until } from "./lib/private.mjs";
import { ENGINES, inHouse, rounds } from "./lib/scene.mjs";

/** @typedef {import("./lib/house.mjs").House} House */

const FILINGS = rounds(12, 100);
/** Seconds for which the server hangs; in the long form until the program has given letters up by itself. */
const HANGING = rounds(0, 150);
/** After what it gives a letter up, and a little (`PATIENCE` of `api/src/ports/mailer.rs`), seconds. */
const GIVEN_UP = 60;
/** Wall seconds after which a step is too late: less than one letter may hang. */
const LATE = 30;
/** A filing may wait so long for its answer, ms; a hanging letter holds on for a minute. */
const SLOWEST = 10_000;
/** From being told to stop to the end, with letters under way that hang, ms. */
const GONE = 20_000;
/** Letters under way at once, of one process (`AT_ONCE` of `api/src/worker/letters.rs`). */
const ABREAST = 4;
/** A day a second: the ladder of an untouched case reaches the city within ten. */
const SPEED = 86_400;
/** Whom the server does not know, until somebody tells it. */
const UNKNOWN = "demo_county@demo.invalid";

const WAITING = `SELECT count(*) AS waiting FROM complaints c WHERE text LIKE '%canary-%' AND NOT EXISTS
  (SELECT 1 FROM escalations e WHERE e.complaint_id = c.id AND e.stage = 'accept' AND e.step = 'city')`;
const climbed = (/** @type {House} */ house) => async () => (await house.query(WAITING))[0].waiting === 0;

/** Letters written up to an instant of case time, by their Message-ID; the demo around the filings goes on writing. */
const mail = async (/** @type {House} */ house, /** @type {string | number} */ until) => {
  const rows = await house.query(
    `SELECT id, state, attempts, last_error FROM outbox WHERE created_at <= ${until}`,
  );
  /** @type {Map<string, { state: string, attempts: number, last_error: string | null }>} */
  const letters = new Map(rows.map(({ id, ...row }) => [`<${id}@yidiantong.invalid>`, row]));
  return letters;
};

/** @param {Awaited<ReturnType<typeof mail>>} letters @param {string} state */
const those = (letters, state) => [...letters].filter(([, letter]) => letter.state === state);

/**
 * The next Wednesday, half past nine: letters go out while offices are open, and at this test's pace they are open for
 * a third of a second. @param {number} micros case time @returns {number} case time
 */
function inOfficeHours(micros) {
  const [day, china] = [86_400e6, 8 * 3_600e6];
  const today = Math.floor((micros + china) / day);
  // The first day of 1970 was a Thursday.
  const wednesday = today + ((6 - (today % 7) + 7) % 7 || 7);
  return wednesday * day + 9.5 * 3_600e6 - china;
}

/** Lets every letter go that was refused for good, as those who run the installation do; how many there were. @param {House} house */
async function retryAll(house) {
  for (let retried = 0; ; ) {
    const page = await house.as("demo_admin", "GET", "/admin/dead-letters?limit=100");
    assert.equal(page.status, 200, page.text);
    if (page.body.items.length === 0) return retried;
    for (const { id, last_error } of page.body.items) {
      assert.match(last_error, /550/);
      const again = await house.as("demo_admin", "POST", `/admin/dead-letters/${id}/retry`);
      assert.equal(again.status, 204, again.text);
      retried += 1;
    }
  }
}

for (const engine of rounds(ENGINES.slice(0, 1), ENGINES)) {
  test(`F13 ${engine}: the mail server refuses, hangs, sends away, and drops what it took`, async (t) => {
    const office = await PostOffice.closed();
    await inHouse({ engine, speed: SPEED }, async (house) => {
      // What the demo sent before is in its own folder; from here on the office has the letters.
      const gone = new Set(those(await mail(house, Number.MAX_SAFE_INTEGER), "sent").map(([id]) => id));
      const env = { SMTP_URL: office.url };
      const program = await house.program({ env });
      await program.begin();
      const journal = new Journal();

      // Closed: the first letters are refused the connection.
      const load = new Load({ writers: 4, port: () => program.port, journal, pause: 100 });
      await until("a letter met a closed door", async () => {
        const [{ failed }] = await house.query(
          "SELECT count(*) AS failed FROM outbox WHERE last_error LIKE '%refused%'",
        );
        return failed > 0;
      });

      // Open, and silent once it has a letter: everything else goes on.
      /** @type {Set<string>} */
      const hung = new Set();
      office.manner = (id) => {
        hung.add(id);
        return "hang";
      };
      await office.opens();
      await until("enough was filed", () => load.acknowledged >= FILINGS);
      await load.stop();
      await until("every ladder has been climbed", climbed(house), { patience: 90_000, pause: 200 });
      await sleep(HANGING * 1_000);
      const { steps, latest } = await ladderIsWhole(house, { late: LATE });
      t.diagnostic(`${load}; the longest wait ${Math.round(load.slowest)} ms`);
      t.diagnostic(`${steps} steps while the server hung, the latest ${latest} s after its time`);
      assert.ok(steps >= FILINGS * 4, `only ${steps} steps: nothing was tested`);
      assert.deepEqual(Object.keys(load.words), [], "a filing was told about the mail server");
      assert.ok(load.slowest < SLOWEST, `a filing waited ${load.slowest} ms`);
      assert.equal(office.letters.length, 0, "a hanging server has taken nothing");
      const least = HANGING > GIVEN_UP ? ABREAST * 2 : ABREAST;
      assert.ok(office.met.hang >= least, `only ${office.met.hang} letters hung: nothing was tested`);
      assert.ok(office.most <= ABREAST, `${office.most} connections at once`);

      // Told to stop meanwhile, it waits for no mail server: what was under way goes back to whoever works next.
      const ended = await program.terminate();
      assert.deepEqual([ended.code, ended.signal], [0, null], "it did not end in order");
      assert.ok(ended.ms < GONE, `it took ${ended.ms} ms to end`);
      const held = await house.query(
        "SELECT count(*) AS letters FROM outbox WHERE state = 'pending' AND last_error LIKE '%told to stop%'",
      );
      assert.ok(held[0].letters > 0, "no letter was under way when it was told to stop");

      // Well again, but for letters that it sends away, or takes without a word, the first time it sees them.
      const [sentAway, dropped] = [new Set(), new Set()];
      let turn = 0;
      office.manner = (id) => {
        if (hung.has(id) || sentAway.has(id) || dropped.has(id)) return "take";
        turn += 1;
        if (turn % 8 === 1) sentAway.add(id);
        else if (turn % 8 === 5) dropped.add(id);
        else return "take";
        return sentAway.has(id) ? "busy" : "drop";
      };
      office.refuses = (to) => to === UNKNOWN;
      const [{ horizon, last }] = await house.query(
        "SELECT (SELECT max(created_at) FROM outbox) AS horizon, last_case AS last FROM clock_base",
      );
      const then = inOfficeHours(Math.max(Number(horizon), Number(last)));
      await house.execute(`UPDATE clock_base SET last_case = ${then}, base_wall = base_wall - 3600000000`);
      const healed = await house.program({ env, start: ["--speed", "1"] });
      await healed.begin();
      const settled = async () => those(await mail(house, horizon), "pending").length === 0;
      const pace = { patience: rounds(90_000, 1_800_000), pause: 300 };
      await until("everything is sent or refused", settled, pace);
      assert.ok(sentAway.size > 0 && dropped.size > 0, "no letter was sent away or dropped");

      // What was refused for good is seen, and let go again; nothing else is dead.
      assert.ok(office.met.refused > 0, "nobody was refused");
      office.refuses = () => false;
      const refused = await retryAll(house);
      assert.ok(refused > 0, "what was refused for good is tried again by itself");
      await until("what was refused has gone", settled, pace);

      // Each letter that was written has arrived, under its own Message-ID.
      const letters = await mail(house, horizon);
      assert.deepEqual(those(letters, "dead"), [], "letters are dead that nobody refused");
      const sent = those(letters, "sent").filter(([id]) => !gone.has(id));
      /** @type {Map<string, number>} */
      const arrived = new Map();
      for (const { id } of office.letters) arrived.set(id, (arrived.get(id) ?? 0) + 1);
      const missing = sent.filter(([id]) => !arrived.has(id));
      assert.deepEqual(missing.slice(0, 5), [], `${missing.length} letters never arrived`);
      const all = await mail(house, Number.MAX_SAFE_INTEGER);
      const strange = [...arrived].filter(([id, times]) => !all.has(id) || times > (dropped.has(id) ? 2 : 1));
      assert.deepEqual(
        strange,
        [],
        "more than one duplicate, or one without a reason, or a letter nobody wrote",
      );
      const twice = sent.filter(([id]) => dropped.has(id) && arrived.get(id) === 2).length;
      assert.ok(twice > 0, "nothing came twice: no letter was dropped");
      const words = office.letters.map(({ text }) => text).join("\n");
      for (const { secrets, receipt = "" } of journal.filings())
        for (const secret of [...secrets, receipt].filter((one) => one !== ""))
          assert.ok(!words.includes(secret), "I7: a letter holds what a villager wrote");
      t.diagnostic(
        `${sent.length} letters arrived, ${twice} of them twice: ${office.met.hang} had hung, ${sentAway.size} were sent away, ${dropped.size} dropped, ${refused} refused for good; ended after ${Math.round(ended.ms)} ms`,
      );
      t.diagnostic(await nothingLost(house, journal));
    }).finally(() => office.closes());
  });
}
