// The one package through which both webs, and anybody else, speak with the API: typed calls, and the few
// helpers that every surface needs. No JSX here: the webs use different ones.
import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { paths as AdminPaths } from "./admin";
import type { paths as PublicPaths } from "./public";
import type { Language } from "./words";

export type { components as AdminComponents, operations as AdminOperations } from "./admin";
export * from "./dates";
export * from "./money";
export type { components as PublicComponents, operations as PublicOperations } from "./public";
export * from "./words";
export type { AdminPaths, PublicPaths };

export interface ClientOptions {
  /** The language of `title` and `detail` in problems. The server's default is Chinese. */
  language?: Language | (() => Language);
  /** Another `fetch`, for tests and service workers. */
  fetch?: (request: Request) => Promise<Response>;
}

export interface AdminClientOptions extends ClientOptions {
  /** The access token, or where to find the present one; none sends no `Authorization` header. */
  token: string | null | (() => string | null | Promise<string | null>);
}

export type PublicClient = Client<PublicPaths>;
export type AdminClient = Client<AdminPaths>;

const present = <T>(value: T | (() => T)): T => (typeof value === "function" ? (value as () => T)() : value);

const acceptLanguage = (language: NonNullable<ClientOptions["language"]>): Middleware => ({
  onRequest({ request }) {
    request.headers.set("Accept-Language", present(language) === "en" ? "en" : "zh-CN");
    return request;
  },
});

const bearer = (token: AdminClientOptions["token"]): Middleware => ({
  async onRequest({ request }) {
    const now = await present<string | null | Promise<string | null>>(token);
    if (now !== null) request.headers.set("Authorization", `Bearer ${now}`);
    return request;
  },
});

const built = <Paths extends object>(baseUrl: string, options: ClientOptions): Client<Paths> => {
  const client = createClient<Paths>({
    baseUrl,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  });
  if (options.language !== undefined) client.use(acceptLanguage(options.language));
  return client;
};

/** A client of everything that needs no login. `baseUrl` is what stands before the document's paths. */
export function createPublicClient(baseUrl: string, options: ClientOptions = {}): PublicClient {
  return built<PublicPaths>(baseUrl, options);
}

/** A client of the staff plane. */
export function createAdminClient(baseUrl: string, options: AdminClientOptions): AdminClient {
  const client = built<AdminPaths>(baseUrl, options);
  client.use(bearer(options.token));
  return client;
}

/** An RFC 9457 problem as this API answers it. */
export interface ProblemBody {
  type: string;
  code: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  request_id?: string;
  errors?: { pointer: string; code: string; detail: string }[];
}

/** Whether an error body is a problem of this API, and not, say, a proxy's page. */
export function isProblem(body: unknown): body is ProblemBody {
  if (typeof body !== "object" || body === null) return false;
  const { code, status } = body as Partial<ProblemBody>;
  return typeof code === "string" && typeof status === "number";
}

/** A fresh `Idempotency-Key`: 16 random bytes. Keep it with the request until an answer has come. */
export function newIdempotencyKey(): string {
  // Not randomUUID: old WebViews lack it, and no browser has it without HTTPS.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
