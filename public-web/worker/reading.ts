// What was read, kept for reading without a line: public answers alone, as the server itself names them. The network
// comes first; what is kept stands in when it is silent for too long, and says since when it is kept.
import { type FromWorker, KEPT_SINCE, READING_CACHE } from "../src/lib/apart";
import { scope } from "./scope";

const PATIENCE_MS = 2_500;
const MOST = 120;
const LANGUAGES = ["zh-CN", "en"];
/** So long the server itself lets an answer be shown without being asked again. */
const FRESH_MS = 60_000;

/** Personal, or true only at the moment of asking. */
const NEVER = /^\/api\/v1\/(receipt|attachments|complaints|admin|auth|time|deadlines)(\/|$)/;

/** Counts how often everything was thrown away: what was asked for before is not kept after. */
let thrownAway = 0;

export function isReading(request: Request, url: URL): boolean {
  if (!url.pathname.startsWith("/api/v1/") || NEVER.test(url.pathname)) return false;
  // What somebody typed to find a village is nobody's business later.
  if (url.searchParams.has("q")) return false;
  return !request.headers.has("X-Receipt-Code") && !request.headers.has("Authorization");
}

/** One name for each address and language. */
function nameOf(request: Request, language = request.headers.get("Accept-Language") ?? ""): string {
  const url = new URL(request.url);
  url.searchParams.set("ydt-language", language);
  return url.href;
}

/** What is kept of it; where there is nothing in this language, rather in the other than not at all. */
async function keptOf(request: Request): Promise<Response | undefined> {
  const store = { cacheName: READING_CACHE };
  for (const name of [nameOf(request), ...LANGUAGES.map((language) => nameOf(request, language))]) {
    const found = await caches.match(name, store);
    if (found !== undefined) return found;
  }
  return undefined;
}

function mayBeKept(answer: Response): boolean {
  const of = (name: string) => answer.headers.get(name) ?? "";
  const rule = of("Cache-Control");
  return (
    answer.status === 200 &&
    /\bpublic\b/.test(rule) &&
    !/\bno-store\b/.test(rule) &&
    of("Content-Type").startsWith("application/json")
  );
}

async function keep(name: string, answer: Response, begun: number): Promise<void> {
  const headers = new Headers(answer.headers);
  // The body lies here unpacked.
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set(KEPT_SINCE, new Date().toISOString());
  const body = await answer.blob();
  const kept = await caches.open(READING_CACHE);
  if (begun !== thrownAway) return;
  // The last in the list is what was read last.
  await kept.delete(name);
  await kept.put(name, new Response(body, { headers }));
  const names = await kept.keys();
  await Promise.all(names.slice(0, -MOST).map((old) => kept.delete(old)));
}

interface Asked {
  answer: Promise<Response>;
  /** When it is kept, or need not be; never fails: on a full phone it is read all the same. */
  stored: Promise<void>;
}

/** Whoever reads does not wait for the keeping. */
function ask(name: string, request: Request, cache: RequestCache): Asked {
  const begun = thrownAway;
  const answer = fetch(request, { cache });
  const stored = answer
    .then(async (came) => {
      // Copied at once: a moment later the page has begun to read it.
      if (mayBeKept(came)) await keep(name, came.clone(), begun);
      // What was taken down must not be read on from here.
      else if (came.status === 404 || came.status === 410)
        await (await caches.open(READING_CACHE)).delete(name);
    })
    .catch(() => undefined);
  return { answer, stored };
}

const patience = () => new Promise<"late">((done) => setTimeout(done, PATIENCE_MS, "late"));
const better = (answer: Response) => answer.status < 500 && answer.status !== 429;

export async function reading(event: FetchEvent): Promise<Response> {
  const name = nameOf(event.request);
  // Asked anew each time: the browser's own store would show a minute-old answer without saying so.
  const { answer: network, stored } = ask(name, event.request, "no-cache");
  event.waitUntil(stored);
  const first = await Promise.race([network.catch(() => "silent" as const), patience()]);
  if (first instanceof Response && better(first)) return first;
  const kept = await keptOf(event.request);
  if (kept === undefined) return network;
  // Only where somebody answers: without a line a young copy is a copy all the same.
  if (first === "late" && isFresh(kept)) {
    network.catch(() => undefined);
    return asFresh(kept);
  }
  // Told when it is kept: asking again then brings it, however slow the line.
  if (first === "late")
    event.waitUntil(
      stored
        .then(() => network)
        .then((answer) => tell(event.clientId, answer))
        .catch(() => undefined),
    );
  return kept;
}

const isFresh = (kept: Response) => Date.now() - Date.parse(kept.headers.get(KEPT_SINCE) ?? "") < FRESH_MS;

/** On a line that is always too slow, what has just come is what asking again brings: it is no old answer. */
function asFresh(kept: Response): Response {
  const headers = new Headers(kept.headers);
  headers.delete(KEPT_SINCE);
  return new Response(kept.body, { headers });
}

async function tell(client: string, answer: Response): Promise<void> {
  if (!better(answer)) return;
  const message: FromWorker = { ydt: "fresh" };
  (await scope.clients.get(client))?.postMessage(message);
}

/** Readings among these addresses, as a page asks for them. */
const readings = (urls: readonly string[], language: string): Request[] =>
  urls.flatMap((each) => {
    const url = new URL(each, scope.location.origin);
    const request = new Request(url.href, { headers: { "Accept-Language": language } });
    return url.origin === scope.location.origin && isReading(request, url) ? [request] : [];
  });

/** What was read before this worker was there; the browser's own store still has it. */
export async function remember(urls: readonly string[], language: string): Promise<void> {
  for (const request of readings(urls, language)) await ask(nameOf(request), request, "default").stored;
}

/** Brings what is not kept yet, one after the other: whoever reads meanwhile has the line. */
export async function haveReady(urls: readonly string[], language: string): Promise<void> {
  for (const request of readings(urls, language)) {
    const kept = await caches.match(nameOf(request), { cacheName: READING_CACHE });
    if (kept === undefined) await ask(nameOf(request), request, "default").stored;
  }
}

export function throwAway(): void {
  thrownAway += 1;
}
