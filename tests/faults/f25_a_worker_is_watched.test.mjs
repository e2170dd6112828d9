// F25: a process that only works has an address for whoever watches it. There it says that it lives, that it cannot
// work while the database is away, and what it has done; nothing that people use is there, and told to stop it ends in
// order. Without the setting it listens nowhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Journal } from "./lib/journal.mjs";
import { file } from "./lib/load.mjs";
import { freePort, until } from "./lib/private.mjs";
import { inHouse } from "./lib/scene.mjs";

/** A day a second: a filing's first steps are due within a few. */
const SPEED = 86_400;

/** @param {number} port @param {string} address @param {Record<string, string>} [headers] */
const ask = (port, address, headers = {}) =>
  fetch(`http://127.0.0.1:${port}${address}`, { headers, signal: AbortSignal.timeout(20_000) });

test("F25: a worker says how it is at an address of its own", async (t) => {
  await inHouse({ engine: "postgres", redis: true, speed: SPEED }, async (house) => {
    const watch = await freePort();
    const worker = await house.program({
      role: "worker",
      watch,
      env: { WORKER_LISTEN: `127.0.0.1:${watch}` },
    });
    const front = await house.program({ role: "api" });
    for (const program of [worker, front]) await program.begin();
    assert.match(worker.said, /working; \/livez, \/readyz and \/metrics are at http:\/\/127\.0\.0\.1:\d+/);
    assert.equal(await (await ask(watch, "/livez")).text(), "ok");
    const ready = await ask(watch, "/readyz");
    assert.deepEqual([ready.status, (await ready.json()).reasons], [200, []]);

    // It counts its own work: the steps of the ladder that this process took.
    const fired = async () => {
      const text = await (await ask(watch, "/metrics")).text();
      return Number(/^yidiantong_timers_fired_total (\S+)$/m.exec(text)?.[1]);
    };
    assert.equal((await file(front.port, new Journal())).status, 201);
    const steps = await until("a step was taken", async () => (await fired()) > 0 && fired(), { pause: 250 });
    t.diagnostic(`${steps} steps counted`);

    // What people use is not there, nor anything for who comes through a proxy.
    for (const address of ["/", "/admin/", "/api/v1/time", "/api/v1/admin/complaints", "/api/docs/"]) {
      const answer = await ask(watch, address);
      assert.deepEqual([answer.status, (await answer.json()).code], [404, "no_route"], address);
    }
    assert.equal((await ask(watch, "/metrics", { "x-forwarded-for": "203.0.113.7" })).status, 404);

    await house.postgres?.stop("immediate");
    const away = await ask(watch, "/readyz");
    assert.equal(away.status, 503);
    assert.deepEqual((await away.json()).reasons, ["the database does not answer"]);
    assert.equal((await ask(watch, "/livez")).status, 200);
    await house.postgres?.begin();
    await until("it is ready again", async () => (await ask(watch, "/readyz")).status === 200);

    const ended = await worker.terminate();
    assert.deepEqual([ended.code, ended.signal], [0, null]);
    await assert.rejects(ask(watch, "/livez"), "somebody still answers");

    // Taken already: one line that names the setting, and no start.
    const blocked = await house.program({
      role: "worker",
      env: { WORKER_LISTEN: `127.0.0.1:${front.port}` },
    });
    await assert.rejects(blocked.begin(), /WORKER_LISTEN: 127\.0\.0\.1:\d+ cannot be used/);

    const quiet = await house.program({ role: "worker" });
    await quiet.begin();
    assert.match(quiet.said, /working, without listening/);
  });
});
