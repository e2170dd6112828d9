// F16: told to stop in the middle of the day. What was begun is finished and answered, nothing that was kept loses
// its answer, new people are turned away at the door, and the process ends by itself, in order and soon.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { api, connections } from "./lib/api.mjs";
import { nothingLost } from "./lib/invariants.mjs";
import { Journal } from "./lib/journal.mjs";
import { file, Load } from "./lib/load.mjs";
import { lock } from "./lib/lock.mjs";
import { sleep, until } from "./lib/private.mjs";
import { between, ENGINES, inHouse, rounds } from "./lib/scene.mjs";

const ROUNDS = rounds(2, 20);
const WRITERS = 50;
/** From the signal to the end, ms. */
const GONE = 30_000;

/** Cases whose clocks all come to their mark at once. */
const BACKLOG = rounds(150, 1_000);
/** From the signal to the end where nobody is being served, ms. */
const SOON = 10_000;
/** Clocks that are due, by the latest case time that was written down. */
const OVERDUE =
  "SELECT count(*) AS left FROM timers WHERE next_at <= (SELECT last_case FROM clock_base) AND attempts < 5";

/** Requests that handlers have in hand, with the one that asks. @param {number} port */
async function inHand(port) {
  const { text } = await api(port, "GET", "//metrics");
  return Number(text.match(/^http_requests_active (\d+)$/m)?.[1]);
}

/** @param {{ code: number | null, signal: string | null, ms: number }} ended */
function inOrder(ended) {
  assert.deepEqual([ended.code, ended.signal], [0, null], "it did not end in order");
  assert.ok(ended.ms <= GONE, `it took ${ended.ms} ms to end`);
}

for (const engine of ENGINES) {
  test(`F16 ${engine}: told to stop ${ROUNDS} times under ${WRITERS} writers`, async (t) => {
    await inHouse({ engine }, async (house) => {
      const program = await house.program();
      const journal = new Journal();
      await program.begin();
      const load = new Load({ writers: WRITERS, port: () => program.port, journal, pause: rounds(20, 200) });
      let slowest = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        await sleep(between(500, 2_000));
        const ended = await program.terminate();
        inOrder(ended);
        slowest = Math.max(slowest, ended.ms);
        await program.begin();
      }
      await sleep(500);
      await load.stop();
      const reset = journal.unacknowledged().filter(({ left, failed }) => left && failed !== "ECONNREFUSED");
      t.diagnostic(`${load}; gone after ${Math.round(slowest)} ms at most`);
      assert.ok(load.acknowledged > ROUNDS * WRITERS, "hardly anything was filed: nothing was tested");
      // A client that sends its next filing on a connection in the moment in which that is closed learns so from
      // the reset, and may send it again; a connection of its own is served, refused, or turned away in words. Where the
      // machine gives nobody his turn, one may be with a thread that has not heard its first word when it is told to
      // stop: one in twenty stops, seen at a load of ten for each processor, when 39 were turned away at one of them.
      const taken = reset.filter(({ reused }) => !reused);
      assert.ok(
        taken.length <= Math.ceil(ROUNDS / 10),
        `${taken.length} new connections were taken and then reset`,
      );
      t.diagnostic(`${taken.length} new connections were reset in ${ROUNDS} stops`);
      // Whoever came too late may be turned away, but a filing that was taken has been answered.
      const lost = await house.query("SELECT text FROM complaints WHERE text LIKE '%canary-%'");
      const kept = new Set(lost.map(({ text }) => text));
      const unanswered = journal.unacknowledged().filter(({ body }) => kept.has(body.text));
      assert.deepEqual(unanswered.length, 0, "filings were kept and their writers got no answer");
      t.diagnostic(await nothingLost(house, journal));
    });
  });
}

test("F16: what was under way when it was told to stop is answered", async (t) => {
  await inHouse({ engine: "sqlite" }, async (house) => {
    const program = await house.program();
    const journal = new Journal();
    for (let round = 0; round < ROUNDS; round += 1) {
      await program.begin();
      await file(program.port, journal);
      // The file is locked, so that everybody's filing is certainly under way and none is done.
      const letGo = await lock(house.file);
      const agent = connections(WRITERS);
      const filings = Array.from({ length: WRITERS }, () => file(program.port, journal, { agent }));
      await until("all of them are in hand", async () => (await inHand(program.port)) > WRITERS);
      const ending = program.terminate();
      await until("it was told to stop", () => program.said.includes(" told to stop"));
      await letGo();
      const [ended, answers] = await Promise.all([ending, Promise.all(filings)]);
      inOrder(ended);
      const statuses = answers.map(({ status, failed }) => failed ?? status);
      assert.deepEqual([...new Set(statuses)], [201], "somebody under way got no receipt");
      t.diagnostic(`${WRITERS} filings under way were answered; gone after ${Math.round(ended.ms)} ms`);
    }
    await program.begin();
    t.diagnostic(await nothingLost(house, journal));
  });
});

test("F16: a worker with a backlog ends as soon as one without, and leaves the rest to the next", async (t) => {
  await inHouse({ engine: "sqlite" }, async (house) => {
    const program = await house.program();
    await program.begin();
    const journal = new Journal();
    for (let filed = 0; filed < BACKLOG; filed += WRITERS)
      await Promise.all(Array.from({ length: WRITERS }, () => file(program.port, journal)));
    await program.terminate();
    // Forty days pass while nobody works.
    await house.execute(
      "UPDATE clock_base SET last_case = last_case + 3456000000000, base_wall = base_wall - 3456000000000",
    );
    const left = async () => (await house.query(OVERDUE))[0].left;
    const all = await left();
    await program.begin();
    await until("it is at work", async () => (await left()) < all, { pause: 20 });
    const ended = await program.terminate();
    const rest = await left();
    inOrder(ended);
    assert.ok(rest > 0, "the backlog was worked off: nothing was tested");
    assert.ok(ended.ms <= SOON, `it took ${ended.ms} ms to end`);
    assert.match(
      program.said,
      / started version=\S+ roles=api,worker,vault engine=sqlite queue=embedded addresses=/,
    );
    assert.match(program.said, / told to stop/);
    t.diagnostic(`gone after ${Math.round(ended.ms)} ms, with ${rest} clocks overdue`);
    // Nothing was lost by that: the next one has all of them, and none lies leased.
    await program.begin();
    await until("the backlog is worked off", async () => (await left()) === 0, {
      patience: 120_000,
      pause: 500,
    });
    t.diagnostic(await nothingLost(house, journal));
  });
});

test("F16: connections that are only held open hold nobody up", async (t) => {
  await inHouse({ engine: "sqlite" }, async (house) => {
    const program = await house.program();
    await program.begin();
    const journal = new Journal();
    // A browser that keeps its connection after an answer, one that has said nothing yet, one in the middle of a header.
    const agent = connections(1);
    assert.equal((await api(program.port, "GET", "//livez", { agent })).status, 200);
    const held = ["", "GET /livez HTTP/1.1\r\nhost: x\r\n"].map((words) => {
      const socket = connect(program.port, "127.0.0.1", () => socket.write(words));
      socket.on("error", () => {});
      return socket;
    });
    await until("they are connected", () => held.every((socket) => socket.readyState === "open"));
    assert.equal((await file(program.port, journal)).status, 201);
    const kept = Object.values(agent.freeSockets).flat();
    assert.equal(kept.length, 1, "the connection was not kept: nothing was tested");
    const ended = await program.terminate();
    inOrder(ended);
    for (const socket of held) socket.destroy();
    agent.destroy();
    t.diagnostic(`gone after ${Math.round(ended.ms)} ms, with a kept, a silent and a half-spoken connection`);
    await program.begin();
    t.diagnostic(await nothingLost(house, journal));
  });
});
