// Which of what must be published may be struck, and which is counted: as the server has it.
import type { AdminComponents, ObligationStatus } from "@yidiantong/client";

type Row = Pick<AdminComponents["schemas"]["ObligationView"], "event_on" | "status">;

/** How what is counted stands: what was struck is owed by nobody. */
export type Counted = Exclude<ObligationStatus, "struck">;

export const isCounted = (status: ObligationStatus): status is Counted => status !== "struck";

/** It came from an event, and nothing answers it yet. What the catalogue asks for by itself is nobody's mistake. */
export const mayBeStruck = ({ event_on, status }: Row): boolean =>
  event_on != null && (status === "due" || status === "overdue" || status === "missing");
