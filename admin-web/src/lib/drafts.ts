// What somebody has typed into a form and not yet submitted. Kept in this page's memory, so that a reload of the
// case, another case in between or a new login does not lose it; never stored, for it may be about people.
export type Typed = Readonly<Record<string, unknown>>;

const drafts = new Map<string, Typed>();
const key = (who: string, id: string, action: string): string => `${who} ${id} ${action}`;

export const draftOf = (who: string, id: string, action: string): Typed | undefined =>
  drafts.get(key(who, id, action));

export function keepDraft(who: string, id: string, action: string, typed: Typed): void {
  drafts.set(key(who, id, action), typed);
}

/** Whether something is typed anywhere that a reload would lose. */
export const anyDraft = (): boolean => drafts.size > 0;

export function dropDraft(who: string, id: string, action: string): void {
  drafts.delete(key(who, id, action));
}
