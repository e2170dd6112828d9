// F17: a crowd that holds connections and sends next to nothing: headers that never end, bodies that stop in the
// middle, connections without a word. Whoever is turned away comes again at once. Everybody else is served meanwhile
// as if nobody was there, each of the crowd is shown out in its time, and the program has its descriptors back.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { test } from "node:test";
import { nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { bearable, Load } from "./lib/load.mjs";
import { SOAK, sleep, until } from "./lib/private.mjs";
import { Readers } from "./lib/readers.mjs";
import { inHouse, rounds } from "./lib/scene.mjs";

/** Of each kind at once. */
const EACH = rounds(250, 1_000);
/**
 * So many more of those who come again at once: whoever is shown out is away for a moment, and as many as are asked for
 * are to be there in one.
 */
const SPARE = Math.ceil(EACH / 50);
/** How long the crowd keeps coming. */
const SECONDS = rounds(8, 120);
const WRITERS = 4;
/** How long the slowest but one of a hundred other people may wait, ms. */
const P99 = 1_000;
/** How long people file before, to know what is usual on this machine. */
const USUAL_SECONDS = rounds(2, 10);
/** When a header that does not end is over, and when a body that is silent or drips is (`api/src/http/slow.rs`), s. */
const [HEADER, SILENCE, DRIP] = [5, 30, 60];
/** What a busy machine may take longer than that, s. */
const LATER = 15;
/** Descriptors that may have come for other reasons: a connection to the database, a file being served. */
const OTHERS = 30;
/** Whoever is not shown out by then is there for ever, s; the test is to say so and not to wait as long. */
const EVER = 200;

const HEADERS = "GET /api/v1/time HTTP/1.1\r\nhost: slow\r\nx-slow: ";
const BODY = `POST /api/v1/complaints HTTP/1.1\r\nhost: slow\r\nidempotency-key: ${"k".repeat(32)}\r\ncontent-type: application/json\r\ncontent-length: 4000\r\n\r\n{"text":"`;

/**
 * Connects, says what there is to say, adds a byte now and then, and waits until it is shown out.
 * @param {number} port @param {string} words @param {number} [every] ms between two bytes
 * @returns {Promise<{ text: string, seconds: number }>}
 */
function dawdle(port, words, every) {
  const began = performance.now();
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(words));
    socket.setTimeout(EVER * 1_000, () => socket.destroy());
    const dripping = every === undefined ? undefined : setInterval(() => socket.write("x"), every);
    socket.on("data", (part) => {
      text += part;
    });
    // A byte that came too late is answered with a reset.
    socket.on("error", () => {});
    socket.on("close", () => {
      clearInterval(dripping);
      resolve({ text, seconds: (performance.now() - began) / 1_000 });
    });
  });
}

/** @param {number} count @param {() => Promise<void>} person */
const crowd = (count, person) => Promise.all(Array.from({ length: count }, person));

test(`F17: ${EACH} slow headers, ${EACH} slow bodies and ${EACH} idle connections`, async (t) => {
  await inHouse({ engine: "sqlite" }, async (house) => {
    const program = await house.program();
    await program.begin();
    const { port } = program;
    const descriptors = () => readdirSync(`/proc/${program.pid}/fd`).length;
    const before = descriptors();
    const journal = new Journal();
    const at = { writers: WRITERS, port: () => port, journal, pause: 100 };
    const limit = await bearable(at, P99, USUAL_SECONDS);
    let coming = true;
    /** @type {Record<"headers" | "bodies" | "drips" | "idle", { text: string, seconds: number }[]>} */
    const gone = { headers: [], bodies: [], drips: [], idle: [] };
    const again = async (
      /** @type {"headers" | "idle"} */ kind,
      /** @type {() => ReturnType<typeof dawdle>} */ go,
    ) => {
      while (coming) gone[kind].push(await go());
    };
    const passing = Promise.all([
      crowd(EACH + SPARE, () => again("headers", () => dawdle(port, HEADERS, 1_000))),
      crowd(EACH + SPARE, () => again("idle", () => dawdle(port, ""))),
    ]);
    // Bytes that come too seldom are no silence, but take twice as long to be found out: that is for the long form.
    const dripping = SOAK ? EACH / 2 : 0;
    const staying = Promise.all([
      crowd(EACH - dripping, async () => void gone.bodies.push(await dawdle(port, BODY))),
      crowd(dripping, async () => void gone.drips.push(await dawdle(port, BODY, 10_000))),
    ]);
    let held = 0;
    const gathered = () => {
      held = Math.max(held, descriptors() - before);
      return held >= 3 * EACH;
    };
    await until("the crowd is there", gathered, { patience: 20_000 }).catch((error) => {
      coming = false;
      throw new Error(`${error.message}: at most ${held} connections`);
    });
    const load = new Load(at);
    const readers = new Readers(port, ["//livez", "//readyz", "/categories", "/regions", "//"]);
    await sleep(SECONDS * 1_000);
    const still = descriptors() - before;
    coming = false;
    await Promise.all([load.stop(), readers.stop()]);
    t.diagnostic(
      `${held} connections held, ${still} at the end: ${load}; 99 of 100 within ${load.p99} ms (at most ${limit} ms); ${readers}`,
    );
    await passing;
    await staying;
    await until("the descriptors come back", () => descriptors() <= before + OTHERS, { patience: 20_000 });
    const span = (/** @type {{ seconds: number }[]} */ list) =>
      list.length === 0
        ? "none"
        : [Math.min, Math.max].map((of) => of(...list.map(({ seconds }) => seconds)).toFixed(1)).join(" to ");
    t.diagnostic(
      `shown out after (s): headers ${span(gone.headers)}, idle ${span(gone.idle)}, silent bodies ${span(gone.bodies)}, dripping ones ${span(gone.drips)}; descriptors ${before}, then ${descriptors()}`,
    );
    assert.ok(still > EACH, `only ${still} connections were left: nothing was tested`);
    assert.deepEqual(load.words, {}, "others were not served");
    assert.deepEqual(readers.refused.slice(0, 5), [], "others were not served");
    assert.ok(load.acknowledged > WRITERS * 2, "hardly anything was filed: nothing was tested");
    assert.ok(load.p99 < limit, `99 of 100 filings took up to ${load.p99} ms`);
    readers.within(limit);
    for (const { seconds } of [...gone.headers, ...gone.idle])
      assert.ok(seconds < HEADER + LATER, `held for ${seconds} s`);
    for (const [list, limit] of /** @type {const} */ ([
      [gone.bodies, SILENCE],
      [gone.drips, DRIP],
    ]))
      for (const { text, seconds } of list) {
        assert.ok(
          text.startsWith("HTTP/1.1 408 ") && text.includes('"code":"too_slow"'),
          text || "no answer",
        );
        assert.ok(seconds > limit - 2 && seconds < limit + LATER, `ended after ${seconds} s`);
      }
    t.diagnostic(await nothingLost(house, journal));
  });
});
