// A policy as lines that people can compare: each number of it once, under its place in the document.
import {
  type AdminComponents,
  kinds,
  type Language,
  limitUnits,
  recipients,
  stages,
  steps,
  word,
} from "@yidiantong/client";
import { dictionary, fill } from "./i18n";

type Schemas = AdminComponents["schemas"];
export type Policy = Schemas["Policy"];
export type Limit = Schemas["Limit"];

export const STAGES = ["accept", "dispatch", "handle", "review", "rework", "rate"] as const;
export const KINDS = ["question", "suggestion", "help", "complaint"] as const;
export const STEPS = ["remind", "warn", "red", "county", "city"] as const;

export const policyWords = dictionary({
  stage: ["{stage}时限", "Limit: {stage}"],
  kind_stage: ["{kind}的{stage}时限", "Limit for a {kind}: {stage}"],
  yellow_last: ["黄灯：最后的多少", "Yellow: the last part of the limit"],
  yellow_days_at_most: ["黄灯：最多几天", "Yellow: at most so many days"],
  blue_after: ["蓝灯：过了多少没有动静", "Blue: idle for this part of the limit"],
  pause: ["等补正时暂停的环节", "Stages that pause for a supplement"],
  extension_at_most: ["延期：最多几次", "Extensions: at most"],
  extension_within_days: ["延期：不超过提交后几天", "Extensions: days from filing at most"],
  supplement_limit: ["补正：给反映人的时间", "Supplement: time for the complainant"],
  supplement_at_most: ["补正：最多几次", "Supplement: how often at most"],
  return_days: ["退回：分办后几个工作日内", "Return: working days after dispatch"],
  returns_at_most: ["退回：最多几次", "Returns: at most"],
  posting_days: ["公示：至少几天", "Posting: days at least"],
  dispute_days: ["异议：答复后几天内", "Dispute: days after the answer"],
  retention_days: ["身份信息：办结后保留几天", "Identity: kept so many days after the end"],
  step: ["超时上报：{step}", "Ladder: {step}"],
  rung: ["{to}", "{to}"],
  rung_after: ["到期后 {n} 个工作日，{to}", "{n} working {n|day|days} after the due date: {to}"],
  roll_none: ["（遇休息日不顺延）", " (also if it ends on a rest day)"],
  none: ["无", "none"],
  not_there: ["没有", "not there"],
});

export interface PolicyLine {
  /** A JSON pointer, or nearly: what it is known by in both of two policies. */
  key: string;
  label: string;
  value: string;
}

export function limitText(limit: Limit, language: Language): string {
  const { amount, unit, roll } = limit;
  const rest = unit === "calendar_day" && roll === "none" ? fill(policyWords.roll_none, language) : "";
  return `${amount} ${word(limitUnits, unit, language)}${rest}`;
}

/** Every number of a policy, in the order of its document. */
export function policyLines(policy: Policy, language: Language): PolicyLine[] {
  const say = (key: keyof typeof policyWords, values?: Record<string, string | number>) =>
    fill(policyWords[key], language, values);
  const between = language === "en" ? ", " : "、";
  const named = (list: readonly string[], name: (code: string) => string) =>
    list.length === 0 ? say("none") : list.map(name).join(between);
  const stageName = (code: string) => word(stages, code, language);
  const line = (key: string, label: string, value: string | number): PolicyLine => ({
    key,
    label,
    value: String(value),
  });
  const own = (name: keyof typeof policyWords & keyof Policy, value: number) =>
    line(`/${name}`, say(name), value);
  const { warnings, extension, supplement } = policy;
  return [
    ...STAGES.flatMap((stage) => {
      const limit = policy.stages[stage];
      const label = say("stage", { stage: stageName(stage) });
      return limit === undefined ? [] : [line(`/stages/${stage}`, label, limitText(limit, language))];
    }),
    ...KINDS.flatMap((kind) =>
      STAGES.flatMap((stage) => {
        const limit = policy.per_kind[kind]?.[stage];
        const values = { kind: word(kinds, kind, language), stage: stageName(stage) };
        const key = `/per_kind/${kind}/${stage}`;
        return limit === undefined ? [] : [line(key, say("kind_stage", values), limitText(limit, language))];
      }),
    ),
    ...(warnings === undefined
      ? []
      : [
          line("/warnings/yellow_last", say("yellow_last"), warnings.yellow_last),
          line("/warnings/yellow_days_at_most", say("yellow_days_at_most"), warnings.yellow_days_at_most),
          line("/warnings/blue_after", say("blue_after"), warnings.blue_after),
        ]),
    line("/pause", say("pause"), named(policy.pause, stageName)),
    line("/extension/at_most", say("extension_at_most"), extension.at_most),
    line("/extension/within_days", say("extension_within_days"), extension.within_days),
    line("/supplement/limit", say("supplement_limit"), limitText(supplement.limit, language)),
    line("/supplement/at_most", say("supplement_at_most"), supplement.at_most),
    own("return_days", policy.return_days),
    own("returns_at_most", policy.returns_at_most),
    own("posting_days", policy.posting_days),
    own("dispute_days", policy.dispute_days),
    own("retention_days", policy.retention_days),
    ...policy.ladder.map(({ step, after_working_days: n, to }) => {
      const told = named(to, (code) => word(recipients, code, language));
      const value = n == null ? say("rung", { to: told }) : say("rung_after", { n, to: told });
      return line(`/ladder/${step}`, say("step", { step: word(steps, step, language) }), value);
    }),
  ];
}

export interface PolicyDifference {
  key: string;
  label: string;
  before: string | null;
  after: string | null;
}

/** What another policy changes, line by line; `null` where there was or will be nothing. */
export function policyDifferences(before: Policy, after: Policy, language: Language): PolicyDifference[] {
  const [old, next] = [policyLines(before, language), policyLines(after, language)];
  const was = new Map(old.map((line) => [line.key, line]));
  const will = new Map(next.map((line) => [line.key, line]));
  const keys = [...new Set([...next, ...old].map((line) => line.key))];
  return keys.flatMap((key) => {
    const [a, b] = [was.get(key), will.get(key)];
    if (a?.value === b?.value) return [];
    return [{ key, label: b?.label ?? a?.label ?? key, before: a?.value ?? null, after: b?.value ?? null }];
  });
}

/** Whether something kept as JSON has the shape of a policy, as far as the lines above read it. */
export function isPolicy(value: unknown): value is Policy {
  if (typeof value !== "object" || value === null) return false;
  const one = value as Partial<Policy>;
  const objects = [one.stages, one.per_kind, one.extension, one.supplement];
  return (
    objects.every((part) => typeof part === "object" && part !== null) &&
    Array.isArray(one.pause) &&
    Array.isArray(one.ladder)
  );
}
