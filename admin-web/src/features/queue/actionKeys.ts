// Which key asks for which action: of several, the first that the server allows for the case.
import type { ActionName } from "../../lib/cases";
import type { FormAction } from "../../ui/acts/actionBody";

export const ACTION_KEYS: readonly (readonly [key: string, actions: readonly FormAction[]])[] = [
  ["S", ["acknowledge", "accept", "start"]],
  ["D", ["dispatch"]],
  ["A", ["assign"]],
  ["R", ["submit_answer", "message"]],
  ["P", ["approve"]],
  ["B", ["send_back", "return"]],
  ["Q", ["request_supplement"]],
  ["T", ["transfer"]],
  ["E", ["escalate"]],
  ["M", ["merge"]],
  ["C", ["decline"]],
  ["U", ["supervise"]],
  ["N", ["note"]],
];

/** What can be done to many cases at once: nothing that each case needs words of its own for. */
export const BULK: readonly FormAction[] = [
  "acknowledge",
  "accept",
  "start",
  "assign",
  "transfer",
  "escalate",
  "merge",
  "decline",
  "supervise",
  "note",
];

export const keyOf = (action: ActionName): string | null =>
  ACTION_KEYS.find(([, actions]) => (actions as readonly string[]).includes(action))?.[0] ?? null;

export const firstAllowed = (
  actions: readonly FormAction[],
  allowed: readonly ActionName[],
): FormAction | null => actions.find((action) => allowed.includes(action)) ?? null;
