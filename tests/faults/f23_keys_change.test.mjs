// F23: the key that signs access tokens is replaced again and again, by the operator's command, while staff work at two
// processes that share it. Nobody is told, nothing is restarted, and no valid request fails. (The other keys: later.)
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, connections } from "./lib/api.mjs";
import { sleep } from "./lib/private.mjs";
import { between, inHouse, rounds } from "./lib/scene.mjs";

const ROTATIONS = rounds(6, 60);
const READERS = 12;
const WHO = ["demo_triage", "demo_triage2", "demo_handler1"];

/** @param {import("./lib/api.mjs").Answer} answer */
const cookieOf = (answer) => String(answer.headers["set-cookie"]).split(";")[0] ?? "";

/** The key that a token names. @param {string} token */
const keyOf = (token) => JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).kid;

test(`F23: the token key is replaced ${ROTATIONS} times under ${READERS} readers`, async (t) => {
  await inHouse({ engine: "postgres" }, async (house) => {
    const doors = [await house.program(), await house.program({ role: "api" })];
    for (const door of doors) await door.begin();
    const agent = connections(READERS * 2);
    let stop = false;
    let read = 0;
    /** @type {Set<string>} */
    const keys = new Set();
    /** @type {string[]} */
    const failed = [];
    const note = (/** @type {string} */ what, /** @type {import("./lib/api.mjs").Answer} */ answer) => {
      if (answer.status !== 200) failed.push(`${what}: ${answer.status} ${answer.text}`);
    };

    // Each keeps a session: it reads with the token it has at either door, and now and then fetches the next.
    const work = async (/** @type {string} */ name) => {
      const body = JSON.parse(await house.front.command("demo-login", name));
      let session = await api(house.front.port, "POST", "/auth/login", { body, agent });
      note(`login ${name}`, session);
      const readers = Array.from({ length: READERS / WHO.length }, async () => {
        while (!stop) {
          const door = doors[read % doors.length];
          const token = session.body.access_token;
          read += 1;
          const headers = { authorization: `Bearer ${token}` };
          note(`read ${name}`, await api(door?.port ?? 0, "GET", "/auth/me", { headers, agent }));
        }
      });
      const renew = async () => {
        while (!stop) {
          await sleep(between(100, 400));
          const door = doors[Math.floor(between(0, doors.length))];
          const headers = { cookie: cookieOf(session) };
          const next = await api(door?.port ?? 0, "POST", "/auth/refresh", { headers, agent });
          note(`refresh ${name}`, next);
          if (next.status === 200) session = next;
          keys.add(keyOf(session.body.access_token));
        }
      };
      await Promise.all([...readers, renew()]);
    };

    const all = Promise.all(WHO.map(work));
    for (let round = 0; round < ROTATIONS; round += 1) {
      await sleep(between(300, 900));
      await house.front.command("secrets", "rotate", "token-key");
    }
    await sleep(1_000);
    stop = true;
    await all;
    t.diagnostic(`${read} reads, ${keys.size} keys, ${failed.length} failed`);
    assert.deepEqual(failed.slice(0, 5), []);
    assert.ok(keys.size > ROTATIONS / 2, "the keys hardly changed: nothing was tested");
    assert.ok(read > ROTATIONS * READERS, "hardly anything was read: nothing was tested");
  });
});
