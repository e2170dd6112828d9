// A policy as a form has it, and back: kinds without a limit of their own are left out, and so are the rungs
// that are not taken. Faults of the server come back under the places of the form.
import type { AdminComponents } from "@yidiantong/client";
import { KINDS, type Limit, type Policy, STAGES, STEPS } from "../../lib/policy";
import { ApiError } from "../../lib/problem";

type Schemas = AdminComponents["schemas"];
export type PolicyBody = Schemas["PolicyBody"];
type Step = (typeof STEPS)[number];

export interface Rung {
  on: boolean;
  after_working_days?: number | null;
  to: Schemas["Recipient"][];
}

export interface Typed extends Omit<Policy, "ladder" | "per_kind" | "stages" | "warnings"> {
  stages: Record<string, Limit | undefined>;
  per_kind: Record<string, Record<string, Limit | undefined>>;
  warnings: Schemas["WarningsBody"];
  ladder: Record<Step, Rung>;
  reason?: string;
}

/** Steps whose day is chosen; the others have their moment by the light. */
export const isDelayed = (step: Step): boolean => step === "county" || step === "city";

export function typedOf(policy: Policy): Typed {
  const rung = (step: Step): Rung => {
    const found = policy.ladder.find((one) => one.step === step);
    return found === undefined
      ? { on: false, to: [] }
      : { on: true, after_working_days: found.after_working_days ?? null, to: [...found.to] };
  };
  const warnings = policy.warnings ?? { yellow_last: "1/3", yellow_days_at_most: 3, blue_after: "1/2" };
  return {
    ...structuredClone(policy),
    warnings,
    ladder: Object.fromEntries(STEPS.map((step) => [step, rung(step)])) as Record<Step, Rung>,
  };
}

const given = (limits: Readonly<Record<string, Limit | undefined>> | undefined): Record<string, Limit> =>
  Object.fromEntries(
    STAGES.flatMap((stage) => {
      const limit = limits?.[stage];
      return limit === undefined || limit === null || limit.amount == null ? [] : [[stage, limit]];
    }),
  );

export function bodyOf(typed: Typed): PolicyBody {
  const { stages, per_kind, ladder, reason, ...rest } = typed;
  const kinds = KINDS.flatMap((kind) => {
    const limits = given(per_kind?.[kind]);
    return Object.keys(limits).length === 0 ? [] : [[kind, limits] as const];
  });
  const words = reason?.trim() ?? "";
  return {
    ...rest,
    stages: given(stages),
    per_kind: Object.fromEntries(kinds),
    ladder: taken(typed).map((step) => {
      const { after_working_days: after, to } = ladder[step];
      return { step, to, ...(isDelayed(step) && after != null ? { after_working_days: after } : {}) };
    }),
    ...(words === "" ? {} : { reason: words }),
  };
}

/** The steps that are sent, in order. */
const taken = (typed: Typed): Step[] => STEPS.filter((step) => typed.ladder[step].on);

/** The body as a policy that can be compared with another one. */
export const asPolicy = (body: PolicyBody, current: Policy): Policy =>
  ({ ...current, ...body, version: current.version + 1 }) as Policy;

/** `/ladder/2/to/0` names a row of the body; in the form the rungs are known by their steps. */
export function inForm(error: ApiError, typed: Typed): ApiError {
  const sent = taken(typed);
  const errors = error.faults.map((fault) => {
    const [, at, rest = ""] = /^\/ladder\/(\d+)(.*)$/.exec(fault.pointer) ?? [];
    const step = at === undefined ? undefined : sent[Number(at)];
    return step === undefined ? fault : { ...fault, pointer: `/ladder/${step}${rest}` };
  });
  return new ApiError(
    error.status,
    {
      type: "",
      code: error.code,
      title: error.message,
      status: error.status,
      ...(error.detail === null ? {} : { detail: error.detail }),
      ...(error.requestId === null ? {} : { request_id: error.requestId }),
      errors,
    },
    error.retryAfter,
  );
}

/** Every place of the form that a fault may name. */
export const FIELDS: readonly string[] = [
  ...STAGES.map((stage) => `stages/${stage}`),
  ...KINDS.flatMap((kind) => STAGES.map((stage) => `per_kind/${kind}/${stage}`)),
  "warnings/yellow_last",
  "warnings/yellow_days_at_most",
  "warnings/blue_after",
  "pause",
  "extension/at_most",
  "extension/within_days",
  "supplement/limit",
  "supplement/at_most",
  "return_days",
  "returns_at_most",
  "posting_days",
  "dispute_days",
  "retention_days",
  ...STEPS.flatMap((step) => [`ladder/${step}/after_working_days`, `ladder/${step}/to`]),
  "reason",
];
