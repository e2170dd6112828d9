// Handing a complaint in, exactly once. The key belongs to it from its first letter on; the server answers the same key
// and words with the same receipt, however often and late. Photos go first, one by one, and are no part of the words.
import type { PublicComponents } from "@yidiantong/client";
import { ask, Problem } from "./api";
import type { Photo } from "./photo";
import { uploadMissing } from "./pictures";

type Schemas = PublicComponents["schemas"];
export type FilingRequest = Schemas["FilingRequest"];
export type Filed = Schemas["FiledView"];

export interface ToHandIn {
  /** The Idempotency-Key. */
  key: string;
  /** What is handed in, first, and behind it what was tried before: until there is a receipt, any may have arrived. */
  bodies: readonly FilingRequest[];
  photos: readonly Photo[];
}

export interface Sent {
  view: Filed;
  /** An earlier attempt had arrived after all: what was changed since then is not in it. */
  earlier: boolean;
}

const REMEMBERED = 5;
const IN_FLIGHT_TRIES = 8;

const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));
const reused = (reason: unknown): reason is Problem =>
  reason instanceof Problem && reason.code === "idempotency_key_reused";
const gone = (reason: unknown): boolean =>
  reason instanceof Problem && reason.errors.some(({ code }) => code === "attachment_gone");

/** The bodies to remember once this one is tried; photos are not compared, nor does the server. */
export function withBody(body: FilingRequest, before: readonly FilingRequest[]): FilingRequest[] {
  const words = ({ attachments: _, ...rest }: FilingRequest) => JSON.stringify(rest);
  const { attachments: _, ...plain } = body;
  return [plain, ...before.filter((one) => words(one) !== words(body))].slice(0, REMEMBERED);
}

async function post(key: string, body: FilingRequest, photos: readonly Photo[]): Promise<Filed> {
  const attachments = photos.map(({ token }) => token);
  const whole = attachments.length === 0 ? body : { ...body, attachments };
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask((api, signal) =>
        api.POST("/api/v1/complaints", {
          params: { header: { "Idempotency-Key": key } },
          body: whole,
          signal,
        }),
      );
    } catch (reason) {
      // The first tap is still being worked on: its receipt will be the answer to this one too.
      const inFlight = reason instanceof Problem && reason.code === "in_flight";
      if (!inFlight || tries >= IN_FLIGHT_TRIES) throw reason;
      await pause(reason.retryAfter ?? 1);
    }
  }
}

/**
 * Throws a `Problem` when it is not known to be handed in. `onPhotos` hears of every photo that has arrived, and, with
 * its place, of each that sets out.
 */
export async function handIn(
  { key, bodies, photos }: ToHandIn,
  onPhotos: (photos: readonly Photo[], at: number) => Promise<void> | void,
): Promise<Sent> {
  const [body, ...before] = bodies;
  if (body === undefined) throw new Problem("server");
  const sent = await uploadMissing(photos, onPhotos);
  try {
    return { view: await post(key, body, sent), earlier: false };
  } catch (reason) {
    if (reused(reason)) return { view: await claim(key, before, reason), earlier: true };
    if (!gone(reason)) throw reason;
    // The server has forgotten photos that this phone took for safe there: they are still here, and go again.
    const again = await uploadMissing(
      sent.map((photo) => ({ ...photo, token: "" })),
      onPhotos,
      "again",
    );
    return { view: await post(key, body, again), earlier: false };
  }
}

/** One of the earlier bodies arrived, though its answer did not. Whichever it was brings the receipt. */
async function claim(key: string, bodies: readonly FilingRequest[], why: Problem): Promise<Filed> {
  for (const body of bodies) {
    try {
      return await post(key, body, []);
    } catch (reason) {
      if (!reused(reason)) throw reason;
    }
  }
  throw why;
}
