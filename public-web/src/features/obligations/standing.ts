// What may be said and done about something that must be published, by how it stands.
import type { ObligationStatus } from "../../lib/reads";

/** Due, and not published. */
export const isOpen = (status: ObligationStatus): boolean => status === "missing" || status === "overdue";

/**
 * What a villager may want to raise: that it is missing, that it was late, or that it was struck though it did happen. By
 * the words for it.
 */
export function asks(status: ObligationStatus): "ask" | "askLate" | "askStruck" | null {
  if (isOpen(status)) return "ask";
  if (status === "late") return "askLate";
  return status === "struck" ? "askStruck" : null;
}
