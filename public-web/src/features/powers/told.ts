// What differs, in words: a heading that says how much, and below it which.
import type { Power } from "../../lib/reads";
import { type Differs, differs, type Lists, type StepField } from "./differs";
import type { Local } from "./local";
import { localWords } from "./localWords";
import { words } from "./words";

type Step = Power["steps"][number];

/** `data`: words of the village or the county, Chinese on every page. */
export interface Said {
  text: string;
  data: boolean;
}

export interface Beside {
  label: string;
  was: Said | null;
  /** `undefined`: it stands on the page in full. */
  now?: Said | null;
}

export interface Entry {
  /** What it is about, in words of the village or the county, and what the page says before and after them. */
  head?: string;
  before?: string;
  after?: string;
  /** Where the two stand beside each other. */
  beside?: readonly Beside[];
}

export interface Group {
  title: string;
  /** What a villager loses by it. */
  lost?: boolean;
  /** Where on the page the entries stand. */
  at?: string;
  /** Long, and less than how it is done: shown to whoever asks. */
  folded?: boolean;
  entries: readonly Entry[];
}

export interface Words {
  local: (typeof localWords)["zh"];
  power: (typeof words)["zh"];
}

const data = (text: string | null | undefined): Said | null => (text ? { text, data: true } : null);
const ours = (text: string): Said => ({ text, data: false });

export function told(found: Differs, all: Words, hasRed: boolean): Group[] {
  const { local: say } = all;
  const heads = (lines: readonly string[]): Entry[] => lines.map((head) => ({ head }));
  const postings = (list: Differs["posted"]["gone"]): Entry[] =>
    list.map(({ what, min_days }) => ({ head: what, after: min_days === 0 ? "" : say.posting(min_days) }));
  const names = (steps: readonly Step[], before: (no: number) => string): Entry[] =>
    steps.map(({ no, name }) => ({ head: name, before: before(no) }));
  const both = (of: Lists<string>, gone: (n: number) => string, added: (n: number) => string): Group[] => [
    { title: gone(of.gone.length), lost: true, folded: true, entries: heads(of.gone) },
    { title: added(of.added.length), folded: true, entries: heads(of.added) },
  ];
  const { red, steps, posted } = found;
  const redTitle = hasRed ? say.redGone : say.redNone;
  const moved: Entry[] = found.moved ? [{}] : [];
  return [
    { title: redTitle(red.gone.length), lost: true, at: "red", entries: heads(red.gone) },
    {
      title: say.stepsGone(steps.gone.length),
      lost: true,
      entries: names(steps.gone, say.stepAbove),
    },
    {
      title: say.stepsAdded(steps.added.length),
      entries: names(steps.added, say.step),
    },
    {
      title: say.stepsChanged(found.changed.length),
      entries: found.changed.map(({ was, now, fields }) => ({
        head: now.name,
        before: say.step(now.no),
        beside: fields.map((field) => ({
          label: say.fields[field],
          was: ofStep(was, field, all),
          now: ofStep(now, field, all),
        })),
      })),
    },
    { title: say.moved, entries: moved },
    { title: say.postedGone(posted.gone.length), lost: true, entries: postings(posted.gone) },
    { title: say.postedAdded(posted.added.length), entries: postings(posted.added) },
    {
      title: say.days,
      entries: found.days.map(({ was, now }) => ({
        head: was.what,
        beside: [
          {
            label: "",
            was: ours(say.atLeast(was.min_days)),
            now: ours(say.atLeast(now.min_days)),
          },
        ],
      })),
    },
    // More to bring is the loss here.
    { title: say.materialsAdded(found.materials.added.length), entries: heads(found.materials.added) },
    { title: say.materialsGone(found.materials.gone.length), entries: heads(found.materials.gone) },
    { title: say.redAdded(red.added.length), entries: heads(red.added) },
    ...both(found.risks, say.risksGone, say.risksAdded),
    ...both(found.basis, say.basisGone, say.basisAdded),
    {
      title: say.texts(found.texts.map(({ field }) => labelOf(field, all))),
      folded: true,
      entries: found.texts.map(({ field, was, now }) => ({
        beside: [
          field === "plain_language" || field === "note"
            ? { label: labelOf(field, all), was: data(was) }
            : { label: labelOf(field, all), was: data(was), now: data(now) },
        ],
      })),
    },
  ].filter(({ entries }) => entries.length > 0);
}

function ofStep(step: Step, field: StepField, { local, power }: Words): Said | null {
  switch (field) {
    case "limit": {
      const limit = power.limit[step.limit_unit ?? "working_day"];
      return step.limit == null || limit === undefined ? null : ours(limit(step.limit));
    }
    case "publish":
      if (typeof step.publish === "string") return data(step.publish);
      return step.publish ? ours(power.publish) : null;
    case "record_required":
      return step.record_required ? ours(power.record) : null;
    default:
      return data(step[field]) ?? ours(local.nothing);
  }
}

function labelOf(field: Differs["texts"][number]["field"], { local, power }: Words): string {
  const labels = {
    name: local.matter,
    responsible_org: power.responsible,
    supervising_org: power.supervising,
    who_can_apply: power.applicant,
    contact_phone: power.phone,
    plain_language: power.plain,
    note: power.note,
  };
  return labels[field];
}

/** The title, and how much differs, without which: as it is read aloud and printed. */
export function summary(power: Power, local: Local, language: "zh" | "en"): string[] {
  const say = localWords[language];
  const all = { local: say, power: words[language] };
  const groups = told(differs(local.template, power), all, hasRed(power));
  const title = groups.length === 0 ? say.same : say.differs;
  return [title(local.owner, local.above), ...groups.map((group) => group.title)];
}

export const hasRed = ({ red_lines }: Power): boolean => (red_lines ?? []).length > 0;
