// Every way in which the server may fail to answer, as one shape that the pages know how to explain.
import { isProblem } from "@yidiantong/client";

export type ProblemKind =
  /** The phone has no network. */
  | "offline"
  /** The network is there and the server is not, or something on the way. */
  | "unreachable"
  /** No answer in time. Whether the request was carried out is not known. */
  | "timeout"
  /** The server understood and said no: see `code`, `detail` and `errors`. */
  | "refused"
  | "not_found"
  /** Too much at once; try again after `retryAfter` seconds. */
  | "busy"
  /** Its own mistake. */
  | "server";

export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
}

export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly status: number;
  /** The API's stable code, or the kind when the API said nothing. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | null;
  readonly retryAfter: number | null;
  readonly errors: readonly FieldError[];

  constructor(kind: ProblemKind, about: Partial<Omit<Problem, "kind">> = {}) {
    super(about.detail || about.title || kind);
    this.kind = kind;
    this.status = about.status ?? 0;
    this.code = about.code ?? kind;
    this.title = about.title ?? "";
    this.detail = about.detail ?? "";
    this.requestId = about.requestId ?? null;
    this.retryAfter = about.retryAfter ?? null;
    this.errors = about.errors ?? [];
  }

  /** Whether the same request may well succeed later, unchanged. */
  get passing(): boolean {
    return this.kind !== "refused" && this.kind !== "not_found";
  }
}

const kindOf = (status: number): ProblemKind => {
  if (status === 404 || status === 410) return "not_found";
  if (status === 429 || status === 503) return "busy";
  return status >= 500 ? "server" : "refused";
};

/** What an answer that is no success says. A proxy's page counts as the server's own mistake. */
export function problemOf(response: Response, body: unknown): Problem {
  const after = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const retryAfter = Number.isFinite(after) ? after : null;
  if (!isProblem(body)) {
    return new Problem(response.status < 500 && response.ok ? "unreachable" : kindOf(response.status), {
      status: response.status,
      retryAfter,
    });
  }
  return new Problem(kindOf(response.status), {
    status: response.status,
    code: body.code,
    title: body.title,
    detail: body.detail ?? "",
    requestId: body.request_id ?? null,
    errors: body.errors ?? [],
    retryAfter,
  });
}

/** What a request that brought no answer at all means. */
export function problemWithoutAnswer(reason: unknown, timedOut: boolean, online: boolean): Problem {
  if (reason instanceof Problem) return reason;
  if (timedOut) return new Problem("timeout");
  return new Problem(online ? "unreachable" : "offline");
}
