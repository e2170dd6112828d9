// Handing it in, exactly once. The key stays with the draft until the receipt is there; the server answers the
// same key and body with the same receipt, however often and late.
import { ask, Problem } from "../../lib/api";
import { changeDraft, type Draft } from "../../lib/draft";
import type { Filed } from "../../lib/filed";
import { bodyOf, type FilingRequest } from "./body";

const REMEMBERED = 5;
const IN_FLIGHT_TRIES = 8;

export interface Sent {
  view: Filed;
  /** An earlier attempt had arrived after all: what was changed since then is not in it. */
  earlier: boolean;
}

const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

async function post(key: string, body: FilingRequest): Promise<Filed> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask((api, signal) =>
        api.POST("/api/v1/complaints", { params: { header: { "Idempotency-Key": key } }, body, signal }),
      );
    } catch (reason) {
      // The first tap is still being worked on: its receipt will be the answer to this one too.
      const inFlight = reason instanceof Problem && reason.code === "in_flight";
      if (!inFlight || tries >= IN_FLIGHT_TRIES) throw reason;
      await pause(reason.retryAfter ?? 1);
    }
  }
}

/** Throws a `Problem` when it is not known to be handed in. */
export async function send(draft: Draft): Promise<Sent> {
  const body = bodyOf(draft);
  const before = draft.sent.filter((one) => !same(one, body));
  // Noted before it goes: after a crash it must still be known what may have arrived.
  changeDraft({ sent: [body, ...before].slice(0, REMEMBERED) });
  try {
    return { view: await post(draft.key, body), earlier: false };
  } catch (reason) {
    if (!(reason instanceof Problem) || reason.code !== "idempotency_key_reused") throw reason;
    return { view: await claim(draft.key, before, reason), earlier: true };
  }
}

/** One of the earlier bodies arrived, though its answer did not. Whichever it was brings the receipt. */
async function claim(key: string, bodies: readonly FilingRequest[], why: Problem): Promise<Filed> {
  for (const body of bodies) {
    try {
      return await post(key, body);
    } catch (reason) {
      if (!(reason instanceof Problem) || reason.code !== "idempotency_key_reused") throw reason;
    }
  }
  throw why;
}
