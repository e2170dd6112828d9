// The one file that speaks with the network. The access token lives in this module's memory only; what keeps a
// session over a reload is the refresh cookie, which no script can read.
import { type AdminComponents, createAdminClient, createPublicClient, isProblem } from "@yidiantong/client";
import createQueries from "openapi-react-query";
import { currentLanguage } from "./i18n/language";
import { currentLine, doubt, heard, onLine } from "./line";
import { ApiError } from "./problem";
import {
  currentSession,
  forgetUsername,
  markSession,
  maySessionGoOn,
  onSession,
  rememberUsername,
  setSession,
} from "./session";
import { askForCode } from "./stepUp";

type SessionView = AdminComponents["schemas"]["SessionView"];

/** Renewed this long before it ends, so that no request meets the end. */
const MARGIN_MS = 30_000;
/** Tabs tell each other that somebody logged out. */
const OTHER_TABS = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("ydt-session");

let access: { token: string; until: number } | null = null;

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null;
}

async function failure(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  return new ApiError(response.status, isProblem(body) ? body : null, retryAfter(response));
}

/** Sends, and throws an `ApiError` for everything that is no success. */
async function send(
  request: Request,
  // biome-ignore lint/style/noRestrictedGlobals: this is the file.
  by: (request: Request) => Promise<Response> = (one) => fetch(one),
): Promise<Response> {
  let response: Response;
  try {
    response = await by(request);
  } catch (thrown) {
    // Given up by ourselves: react-query knows what to make of it.
    if (request.signal.aborted) throw thrown;
    doubt();
    throw new ApiError(0, null);
  }
  if (NOBODY_THERE.has(response.status)) doubt();
  else if (NEVER_KEPT.test(request.url)) heard();
  if (!response.ok) throw await failure(response);
  return response;
}

/** What is public may come out of the browser's own cache, and says nothing about the line. */
const NEVER_KEPT = /\/api\/v1\/(?:admin|auth)\//;
/** Said by what stands before the server when that does not answer. */
const NOBODY_THERE: ReadonlySet<number> = new Set([502, 504]);
/** As long as anybody should wait to be told that nothing answers. */
const THERE_MS = 5_000;

/** Whether the server answers at all. */
export async function isThere(): Promise<boolean> {
  const end = new AbortController();
  const patience = setTimeout(() => end.abort(), THERE_MS);
  try {
    // biome-ignore lint/style/noRestrictedGlobals: this is the file.
    const answer = await fetch("/api/v1/time", { cache: "no-store", signal: end.signal });
    // To its end: what is left unread keeps one of the few connections that a browser makes to a host.
    await answer.arrayBuffer();
    return !NOBODY_THERE.has(answer.status);
  } catch {
    return false;
  } finally {
    clearTimeout(patience);
  }
}

const language = currentLanguage;

export const publicApi = createPublicClient("", { language, fetch: (request) => send(request) });

/** The staff plane without a token: what logs in and keeps logged in. */
const doorApi = createAdminClient("", { language, token: null, fetch: (request) => send(request) });

export const adminApi = createAdminClient("", {
  language,
  async token() {
    if (access !== null && access.until - Date.now() < MARGIN_MS) await renew();
    return access?.token ?? null;
  },
  fetch: (request) => sendAsStaff(request, ANSWERS),
});

/** What is done about a refusal before it is told to anybody: `true` when it is worth another try. */
const ANSWERS = {
  // The token has ended. Where the session has too, whoever it was logs in over the page, and it goes on then.
  unauthorized: async () => (await renew()) === "in" || againIn(),
  token_expired: async () => (await renew()) === "in" || againIn(),
  // It is a sensitive act.
  step_up_required: askForCode,
} as const;

/** Whether the person whose session has ended by itself logged in again; somebody else does not finish their work. */
async function againIn(): Promise<boolean> {
  const before = currentSession();
  if (before.status !== "expired") return false;
  return new Promise((resolve) => {
    const off = onSession(() => {
      const now = currentSession();
      if (now.status === "expired") return;
      off();
      resolve(now.status === "in" && now.staff.id === before.staff.id);
    });
  });
}

/** Sends; each answer to a refusal is tried once. */
async function sendAsStaff(
  request: Request,
  answers: Readonly<Record<string, () => Promise<boolean>>>,
  by: (request: Request) => Promise<Response> = send,
): Promise<Response> {
  const again = request.clone();
  try {
    return await by(request);
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown;
    const { [thrown.code]: answer, ...others } = answers;
    if (answer === undefined || !(await answer()) || access === null) throw thrown;
    again.headers.set("Authorization", `Bearer ${access.token}`);
    return sendAsStaff(again, others, by);
  }
}

/** Bytes of a request that have left, and how many there are. */
export interface Sent {
  loaded: number;
  total: number;
}

/** For one request of the staff's: tells how much of its body has left, which `fetch` cannot. */
export const telling =
  (onSent: (sent: Sent) => void) =>
  (request: Request): Promise<Response> =>
    sendAsStaff(request, ANSWERS, (one) => send(one, (asked) => sendTelling(asked, onSent)));

async function sendTelling(request: Request, onSent: (sent: Sent) => void): Promise<Response> {
  const body = await request.arrayBuffer();
  const { signal } = request;
  signal.throwIfAborted();
  return new Promise((answer, fail) => {
    // biome-ignore lint/style/noRestrictedGlobals: this is the file.
    const sending = new XMLHttpRequest();
    const give = () => sending.abort();
    sending.open(request.method, request.url);
    sending.responseType = "arraybuffer";
    request.headers.forEach((value, name) => {
      sending.setRequestHeader(name, value);
    });
    sending.upload.onprogress = ({ loaded, total }) => onSent({ loaded, total });
    sending.upload.onload = ({ loaded }) => onSent({ loaded, total: loaded });
    sending.onload = () => {
      const headers = new Headers();
      for (const line of sending.getAllResponseHeaders().trim().split("\r\n")) {
        const colon = line.indexOf(":");
        if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
      }
      answer(new Response(sending.response, { status: sending.status, headers }));
    };
    sending.onerror = () => fail(new TypeError("the network did not carry it"));
    sending.onabort = () => fail(signal.reason);
    sending.onloadend = () => signal.removeEventListener("abort", give);
    signal.addEventListener("abort", give);
    sending.send(body);
  });
}

/** What the server says of changes in the queue, as it says it: the names of events, and `alive` for its heartbeat. */
export async function* staffEvents(signal: AbortSignal): AsyncGenerator<string> {
  const path = "/api/v1/admin/complaints/events";
  const { data } = await adminApi.GET(path, { parseAs: "stream", signal });
  if (!(data instanceof ReadableStream)) throw new ApiError(-1, null);
  const reader = data.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const name = block.split("\n").find((line) => line.startsWith("event:"));
        yield name === undefined ? "alive" : name.slice("event:".length).trim();
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** `$public.useQuery("get", "/api/v1/categories")`. */
export const $public = createQueries(publicApi);
/** `$admin.useQuery("get", "/api/v1/admin/complaints", { params })`. */
export const $admin = createQueries(adminApi);

function enter(view: SessionView): void {
  markSession(true);
  access = { token: view.access_token, until: Date.now() + view.expires_in * 1000 };
  setSession({ status: "in", staff: view.staff });
}

function leave(byItself: boolean): void {
  access = null;
  markSession(false);
  const before = currentSession();
  if (byItself && before.status === "expired") return;
  const goesOn = byItself && before.status === "in";
  if (!goesOn) forgetUsername();
  setSession(goesOn ? { status: "expired", staff: before.staff } : { status: "out" });
}

/** No form of another site's page can send it: what a cookie answers asks for it. */
const OURS = { headers: { "X-Requested-With": "yidiantong" } } as const;

/** One tab after the other: a refresh cookie is good once, and one that comes back ends the session. */
async function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks === undefined ? work() : navigator.locks.request("ydt-refresh", work);
}

type Renewed = "in" | "over" | "unreachable";
let renewing: Promise<Renewed> | null = null;

async function askAnew(): Promise<Renewed> {
  const before = currentSession().status;
  try {
    const { data } = await oneTabAtATime(() => doorApi.POST("/api/v1/auth/refresh", OURS));
    if (data === undefined) return "unreachable";
    enter(data);
    return "in";
  } catch (thrown) {
    const over = thrown instanceof ApiError && (thrown.status === 401 || thrown.status === 403);
    if (over) leave(true);
    else if (before === "starting") setSession({ status: "unreachable" });
    return over ? "over" : "unreachable";
  }
}

/** A new access token for the refresh cookie; several that ask at once share one answer. */
function renew(): Promise<Renewed> {
  renewing ??= askAnew().finally(() => {
    renewing = null;
  });
  return renewing;
}

/** At page load: does a session go on? */
export async function resume(): Promise<void> {
  if (!maySessionGoOn()) return leave(true);
  setSession({ status: "starting" });
  await renew();
}

// A page that was opened while nothing answered goes on by itself.
onLine(() => {
  if (!currentLine().cut && currentSession().status === "unreachable") void resume();
});

/** With the phone's code, or with a recovery code in its place. */
export type Credentials = { username: string; password: string } & (
  | { totp_code: string }
  | { recovery_code: string }
);

/** Proves with the phone's next code that it is still the same person: for five minutes sensitive acts go through. */
export async function stepUp(totp_code: string): Promise<void> {
  const { data } = await adminApi.POST("/api/v1/auth/step-up", { body: { totp_code } });
  if (data === undefined) throw new ApiError(-1, null);
  access = { token: data.access_token, until: Date.now() + data.expires_in * 1000 };
}

/** Another password for oneself. Every other session ends; this one goes on with what the answer brings. */
export async function changePassword(current_password: string, new_password: string): Promise<void> {
  const body = { current_password, new_password };
  const { data } = await adminApi.POST("/api/v1/auth/password", { body });
  if (data === undefined) throw new ApiError(-1, null);
  enter(data);
}

export async function logIn(credentials: Credentials): Promise<void> {
  const { data } = await doorApi.POST("/api/v1/auth/login", { body: credentials });
  if (data === undefined) return;
  rememberUsername(data.staff.id, credentials.username);
  enter(data);
}

/** Throws when the server could not be told: the session is not over then, and nobody may be told it is. */
export async function logOut(): Promise<void> {
  await oneTabAtATime(() => doorApi.POST("/api/v1/auth/logout", OURS));
  leave(false);
  OTHER_TABS?.postMessage("out");
}

/** Whoever's session ended by itself does not go on with it. */
export const giveUp = (): void => leave(false);

OTHER_TABS?.addEventListener("message", () => {
  if (currentSession().status !== "out") leave(false);
});

export type Enrolment = AdminComponents["schemas"]["EnrolmentView"];

/** A one-time link as this page holds it; each device is shown a secret of its own. */
export interface EnrolLink {
  token: string;
  device: string;
}

/** What a one-time link is for; asks nothing and uses nothing up. */
export async function enrolment({ token, device }: EnrolLink): Promise<Enrolment> {
  const { data } = await doorApi.POST("/api/v1/auth/enrol", { body: { token, device } });
  if (data === undefined || !("totp_secret" in data)) throw new ApiError(-1, null);
  return data;
}

/** Uses the link up: from now on the account logs in with this password and its phone's codes. Its recovery codes. */
export async function enrol(
  { token, device }: EnrolLink,
  password: string,
  totp_code: string,
): Promise<readonly string[]> {
  const { data } = await doorApi.POST("/api/v1/auth/enrol", { body: { token, device, password, totp_code } });
  return data !== undefined && "recovery_codes" in data ? data.recovery_codes : [];
}

/** An account of a demonstration, with a code that is good now and once. */
export type DemoAccount = AdminComponents["schemas"]["DemoAccount"];

/** The accounts of a demonstration; `null` where there is none. */
export async function demoAccounts(): Promise<DemoAccount[] | null> {
  try {
    const { data } = await doorApi.GET("/api/v1/auth/demo-accounts");
    return data?.items ?? null;
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 404) return null;
    throw thrown;
  }
}
