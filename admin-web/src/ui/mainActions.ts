import type { ActionName } from "../lib/cases";

/** What a case waits for, before what may always be done. */
const ORDER: readonly ActionName[] = [
  "acknowledge",
  "accept",
  "approve",
  "submit_answer",
  "start",
  "dispatch",
  "send_back",
  "request_supplement",
  "return",
  "decline",
  "extend",
  "merge",
  "assign",
  "message",
  "note",
  "transfer",
  "supervise",
  "escalate",
];

const ALWAYS: ReadonlySet<ActionName> = new Set([
  "decline",
  "extend",
  "merge",
  "assign",
  "message",
  "note",
  "transfer",
  "supervise",
  "escalate",
]);

/** Allowed actions, the most likely first. */
export function ordered(allowed: readonly ActionName[]): ActionName[] {
  return [...allowed].sort((a, b) => place(a) - place(b));
}

const place = (action: ActionName): number => {
  const at = ORDER.indexOf(action);
  return at === -1 ? ORDER.length : at;
};

/** Whether an action moves the case on, rather than being always at hand. */
export const isMain = (action: ActionName): boolean => !ALWAYS.has(action);

/** The two or so that move the case on. */
export function mainActions(allowed: readonly ActionName[]): ActionName[] {
  return ordered(allowed).filter(isMain).slice(0, 2);
}
