// What an item of a village's own says otherwise than the template that it stands in for. Nothing is weighed here:
// what is gone, what is new, and what stands beside what.
import type { Power } from "../../lib/reads";

type Step = Power["steps"][number];
type Posting = NonNullable<Power["publicity"]>[number];

export const STEP_FIELDS = ["name", "actor", "limit", "publish", "record_required"] as const;
export type StepField = (typeof STEP_FIELDS)[number];
/** Short texts: both are shown. */
export const FACTS = [
  "name",
  "responsible_org",
  "supervising_org",
  "who_can_apply",
  "contact_phone",
] as const;
/** Long ones: the village's own stands on the page already. */
export const TEXTS = ["plain_language", "note"] as const;
export type TextField = (typeof FACTS)[number] | (typeof TEXTS)[number];

export interface Lists<T> {
  gone: readonly T[];
  added: readonly T[];
}

export interface StepChange {
  was: Step;
  now: Step;
  fields: readonly StepField[];
}

export interface Differs {
  steps: Lists<Step>;
  changed: readonly StepChange[];
  /** Steps that both have come in another order. */
  moved: boolean;
  red: Lists<string>;
  materials: Lists<string>;
  posted: Lists<Posting>;
  days: readonly { was: Posting; now: Posting }[];
  risks: Lists<string>;
  basis: Lists<string>;
  texts: readonly { field: TextField; was: string; now: string }[];
}

/** Of two lists of texts what only one has; what stands in both twice counts twice. */
function lists(before: readonly string[] = [], after: readonly string[] = []): Lists<string> {
  const left = [...before];
  const added = after.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return { gone: left, added };
}

/** A posting is the same by what is posted: for how long may differ. */
function postings(before: readonly Posting[] = [], after: readonly Posting[] = []) {
  const left = [...before];
  const days: { was: Posting; now: Posting }[] = [];
  const added = after.filter((now) => {
    const at = left.findIndex(({ what }) => what === now.what);
    const [was] = at < 0 ? [] : left.splice(at, 1);
    if (was !== undefined && was.min_days !== now.min_days) days.push({ was, now });
    return was === undefined;
  });
  return { posted: { gone: left, added }, days };
}

type Pair = readonly [was: number, now: number];

/** Steps of one name are one step, wherever they stand. */
function namesakes(before: readonly Step[], after: readonly Step[]): Pair[] {
  const taken = new Set<number>();
  return after.flatMap((step, now): Pair[] => {
    const was = before.findIndex(({ name }, at) => name === step.name && !taken.has(at));
    if (was < 0) return [];
    taken.add(was);
    return [[was, now]];
  });
}

/** As many in a row that only one has as that only the other has, between the same neighbours: they were rewritten. */
function rewritten(before: readonly Step[], after: readonly Step[], same: readonly Pair[]): Pair[] {
  const [old, own] = [new Set(same.map(([was]) => was)), new Set(same.map(([, now]) => now))];
  const run = (known: ReadonlySet<number>, from: number, length: number): number[] => {
    const found: number[] = [];
    for (let at = from; at < length && !known.has(at); at += 1) found.push(at);
    return found;
  };
  return [[-1, -1] as Pair, ...same].flatMap(([was, now]): Pair[] => {
    const gone = run(old, was + 1, before.length);
    const added = run(own, now + 1, after.length);
    if (gone.length !== added.length) return [];
    return gone.map((at, i): Pair => [at, added[i] ?? at]);
  });
}

/** Whether a step says of a field the same: no posting is `false`, `null` or nothing. */
function sameField(was: Step, now: Step, field: StepField): boolean {
  if (field === "publish") return (was.publish || false) === (now.publish || false);
  if (field !== "limit") return was[field] === now[field];
  const [one, other] = [was.limit ?? null, now.limit ?? null];
  const unit = (step: Step) => step.limit_unit ?? "working_day";
  return one === other && (one === null || unit(was) === unit(now));
}

function steps(before: readonly Step[], after: readonly Step[]) {
  const same = namesakes(before, after);
  const pairs = [...same, ...rewritten(before, after, same)].sort(([, one], [, other]) => one - other);
  const [old, own] = [new Set(pairs.map(([was]) => was)), new Set(pairs.map(([, now]) => now))];
  const changed = pairs.flatMap(([at, to]): StepChange[] => {
    const [was, now] = [before[at], after[to]];
    if (was === undefined || now === undefined) return [];
    const fields = STEP_FIELDS.filter((field) => !sameField(was, now, field));
    return fields.length === 0 ? [] : [{ was, now, fields }];
  });
  return {
    steps: {
      gone: before.filter((_, at) => !old.has(at)),
      added: after.filter((_, at) => !own.has(at)),
    },
    changed,
    moved: pairs.some(([was], at) => at > 0 && was < (pairs[at - 1]?.[0] ?? 0)),
  };
}

export function differs(template: Power, own: Power): Differs {
  const texts = [...FACTS, ...TEXTS].flatMap((field) => {
    const [was, now] = [template[field] ?? "", own[field] ?? ""];
    return was === now ? [] : [{ field, was, now }];
  });
  return {
    ...steps(template.steps, own.steps),
    red: lists(template.red_lines, own.red_lines),
    materials: lists(template.materials, own.materials),
    ...postings(template.publicity, own.publicity),
    risks: lists(template.risk_points, own.risk_points),
    basis: lists(template.legal_basis, own.legal_basis),
    texts,
  };
}
