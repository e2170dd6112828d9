// What went wrong, in words for the person in front of the screen. `lib/api.ts` throws nothing else.
import type { Language, ProblemBody } from "@yidiantong/client";
import { dictionary, fill } from "./i18n";

export interface FieldFault {
  pointer: string;
  code: string;
  detail: string;
}

export class ApiError extends Error {
  override readonly name = "ApiError";
  /** 0: no answer came at all. */
  readonly status: number;
  readonly code: string;
  readonly detail: string | null;
  readonly requestId: string | null;
  readonly faults: readonly FieldFault[];
  readonly legalActions: readonly string[] | null;
  /** Seconds to wait, where the server said so. */
  readonly retryAfter: number | null;

  constructor(status: number, problem: ProblemBody | null, retryAfter: number | null = null) {
    super(problem?.title ?? (status === 0 ? "no answer" : `HTTP ${status}`));
    this.status = status;
    this.code = problem?.code ?? (status === 0 ? "unreachable" : "unknown");
    this.detail = problem?.detail ?? problem?.title ?? null;
    this.requestId = problem?.request_id ?? null;
    this.faults = problem?.errors ?? [];
    const legal = (problem as { legal_actions?: unknown } | null)?.legal_actions;
    this.legalActions = Array.isArray(legal) ? legal.map(String) : null;
    this.retryAfter = retryAfter;
  }
}

/** Anything thrown, as the error it stands for. */
export function asApiError(thrown: unknown): ApiError {
  return thrown instanceof ApiError ? thrown : new ApiError(-1, null);
}

const words = dictionary({
  unreachable: [
    "没有连上服务器，请检查网络后再试",
    "The server could not be reached. Check the network and try again",
  ],
  slow_down: ["操作太频繁，请 {n} 秒后再试", "Too many tries. Please wait {n} {n|second|seconds}"],
  busy: [
    "服务器正忙，请 {n} 秒后再试；刚才的内容没有提交",
    "The server is busy. Try again in {n} {n|second|seconds}; nothing was submitted",
  ],
  unknown_outcome: [
    "不知道刚才的内容有没有保存，请原样再提交一次",
    "It is not known whether this was kept. Please send the very same again",
  ],
  unknown: [
    "出了点问题，没有完成，请再试一次",
    "Something went wrong and nothing was done. Please try again",
  ],
  faults: ["有 {n} 处要改", "{n} {n|place|places} to mend"],
  not_permitted: ["您的岗位不能做这件事", "Your role may not do this"],
  not_found: ["没有找到，或无权查看", "Not found, or not for you to see"],
});

/** One sentence: what happened and what to do. */
export function explain(error: ApiError, language: Language): string {
  if (error.status === 0) return fill(words.unreachable, language);
  if (error.status === 429) return fill(words.slow_down, language, { n: error.retryAfter ?? 30 });
  if (error.code === "outcome_unknown") return error.detail ?? fill(words.unknown_outcome, language);
  if (error.status === 503) return fill(words.busy, language, { n: error.retryAfter ?? 30 });
  if (error.code === "not_permitted") return fill(words.not_permitted, language);
  if (error.code === "not_found") return fill(words.not_found, language);
  if (error.faults.length > 0) return fill(words.faults, language, { n: error.faults.length });
  return error.detail ?? fill(words.unknown, language);
}

/** The fault at a field (`/note`), if there is one. */
export function faultAt(error: ApiError | null, pointer: string): string | null {
  return error?.faults.find((fault) => fault.pointer === pointer)?.detail ?? null;
}
