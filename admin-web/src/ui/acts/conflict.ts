// Somebody else changed the case while this person was writing: what is another now, and which of their own words
// stand against another's.
import type { CaseView } from "../../lib/cases";
import type { FormAction } from "./actionBody";

export type Aspect =
  | "state"
  | "assignee"
  | "responsible"
  | "supervising"
  | "brief"
  | "due"
  | "level"
  | "round"
  | "draft";

export interface Change {
  key: Aspect;
  before: string | null;
  after: string | null;
}

const due = (view: CaseView): string | null => {
  const running = view.timers.filter((timer) => timer.stopped_at == null && timer.stage !== "rate");
  return running.map((timer) => timer.due_date).sort()[0] ?? null;
};

const ASPECTS: Readonly<Record<Aspect, (view: CaseView) => string | null>> = {
  state: (view) => view.state,
  assignee: (view) => view.assignee_name ?? null,
  responsible: (view) => view.responsible_unit?.name ?? null,
  supervising: (view) => view.supervising_unit.name,
  brief: (view) => view.brief ?? null,
  due,
  level: (view) => String(view.level),
  round: (view) => String(view.round),
  draft: (view) => view.draft?.facts ?? null,
};

/** What is another now than when the form was begun. */
export function changesBetween(before: CaseView, now: CaseView): Change[] {
  return (Object.keys(ASPECTS) as Aspect[])
    .map((key) => ({ key, before: ASPECTS[key](before), after: ASPECTS[key](now) }))
    .filter((change) => change.before !== change.after);
}

/** What the case says now where this form has words of its own. */
export function theirsFor(action: FormAction, view: CaseView): Readonly<Record<string, string>> {
  const said: Record<string, string | null | undefined> =
    action === "dispatch"
      ? { organisation_id: view.responsible_unit?.id, brief: view.brief }
      : action === "assign"
        ? { staff_id: view.assignee }
        : action === "submit_answer"
          ? (view.draft ?? view.answer) == null
            ? {}
            : pick(view.draft ?? view.answer)
          : {};
  return Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, string] => entry[1] != null),
  );
}

const pick = (answer: CaseView["draft"]) =>
  answer == null
    ? {}
    : { facts: answer.facts, basis: answer.basis, result: answer.result, remedy: answer.remedy };

/** The fields in which mine and theirs are not the same. */
export const contested = (
  mine: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, string>>,
): string[] =>
  Object.keys(theirs).filter((name) => {
    const own = mine[name];
    return typeof own === "string" && own.trim() !== "" && own.trim() !== theirs[name];
  });
