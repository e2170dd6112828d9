// The one file that speaks with the network. Pages call `ask` for anything, and `read` for public reads,
// which are asked once and then remembered for as long as the server says they may be.
import { createPublicClient, type PublicClient } from "@yidiantong/client";
import { language } from "./i18n";
import { keptSince, noteNew, noteOld, noteRead } from "./line";
import { Problem, problemOf, problemWithoutAnswer } from "./problem";

const TIMEOUT_MS = 20_000;
const FRESH_MS = 60_000;
const KEPT_AT_MOST = 80;

const client = createPublicClient("", { language, fetch: send });

// biome-ignore lint/style/noRestrictedGlobals: this is the file in which the network is.
const network = (request: Request): Promise<Response> => fetch(request);

/** Takes an answer that the first script asked for, if there is one under way; else asks. */
function send(request: Request): Promise<Response> {
  if (request.method === "GET") noteRead(request.url);
  const { pathname, search } = new URL(request.url);
  const early = request.method === "GET" ? window.ydtEarly?.get(pathname + search) : undefined;
  if (early === undefined) return network(request);
  window.ydtEarly?.delete(pathname + search);
  // Given up, it fails, and the request behind it, given up as well, fails in its turn.
  request.signal.addEventListener("abort", () => early.stop.abort());
  return early.answer.catch(() => network(request));
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}
type Call<T> = (api: PublicClient, signal: AbortSignal) => Promise<Answer<T>>;

export interface AskOptions {
  /** When to stop waiting; larger for uploads. */
  timeoutMs?: number;
  /** Stops waiting earlier, as when the reader has gone on. */
  signal?: AbortSignal;
}

/** Carries out one request. Whatever goes wrong comes back as a thrown `Problem`. */
export const ask = async <T>(call: Call<T>, options: AskOptions = {}): Promise<T> =>
  (await answered(call, options)).data;

interface Answered<T> {
  data: T;
  /** It comes from what this phone had kept. */
  old: boolean;
}

async function answered<T>(call: Call<T>, options: AskOptions, frame = false): Promise<Answered<T>> {
  const stop = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    stop.abort();
  }, options.timeoutMs ?? TIMEOUT_MS);
  const leave = () => stop.abort();
  options.signal?.addEventListener("abort", leave);
  try {
    const { data, error, response } = await call(client, stop.signal);
    if (error !== undefined || !response.ok) throw problemOf(response, error);
    const since = keptSince(response);
    if (since === null) noteNew();
    else noteOld(since, frame);
    // A success without a body (204) has no data, and its type says so.
    return { data: data as T, old: since !== null };
  } catch (reason) {
    throw problemWithoutAnswer(reason, timedOut, navigator.onLine);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", leave);
  }
}

interface Kept {
  until: number;
  value: unknown;
}
const kept = new Map<string, Kept>();
const underWay = new Map<string, Promise<unknown>>();

/**
 * A public read. Fresh: at once, so that going back draws the page without a flicker. Under way already:
 * the same promise, so that what was asked before the first drawing is not asked again. `frame`: it is but the name
 * above what a page is about, and how old it is tells nobody anything.
 */
export function read<T>(key: string, call: Call<T>, frame = false): T | Promise<T> {
  const name = `${language()} ${key}`;
  const found = kept.get(name);
  if (found !== undefined && found.until > Date.now()) return found.value as T;
  const running = underWay.get(name);
  if (running !== undefined) return running as Promise<T>;
  const promise = answered(call, {}, frame)
    .then(({ data, old }) => {
      if (kept.size >= KEPT_AT_MOST) kept.clear();
      // What is old already is asked for again at the next chance.
      if (!old) kept.set(name, { until: Date.now() + FRESH_MS, value: data });
      return data;
    })
    .finally(() => underWay.delete(name));
  underWay.set(name, promise);
  return promise;
}

/** When nothing that a page reads is on its way any more. */
export async function readsDone(): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled(underWay.values());
}

export { Problem };
