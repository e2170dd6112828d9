// What was just handed in, on its way from the form to the receipt: in memory only. Its code never stands in the
// address, the title or the history: an entry of the history has a name for it, and what the name stands for only this
// tab knows, so that a reload of the receipt finds it and nobody does who leaves.
import { newIdempotencyKey, type PublicComponents } from "@yidiantong/client";
import { go } from "./navigate";
import { isCode } from "./receiptCode";
import { forgetInTab, keepInTab, recallInTab } from "./storage";

type Schemas = PublicComponents["schemas"];
export type Filed = Schemas["FiledView"];

export interface Arrival {
  code: string;
  /** Just handed in: the whole code is shown, and what to do with it. */
  fresh: boolean;
  /** An earlier attempt is what was taken, without later changes. */
  earlier: boolean;
}

let last: { code: string; view: Schemas["ComplaintView"] } | null = null;

/** The view of a code that is at hand already, so that its page need not wait. */
export const viewAtHand = (code: string): Schemas["ComplaintView"] | null =>
  last?.code === code ? last.view : null;

export function rememberView(code: string, view: Schemas["ComplaintView"]): void {
  last = { code, view };
}

const OPENED = "ydt.opened";
/** By the names in the history. */
const opened = new Map<string, Arrival>(readOpened(recallInTab(OPENED)));

function readOpened(saved: string | null): [string, Arrival][] {
  try {
    return Object.entries(JSON.parse(saved ?? "{}") as Record<string, Arrival>);
  } catch {
    return [];
  }
}

/** Forgets every code that was opened here; the entries of the history lead nowhere then. */
export function forgetViews(): void {
  last = null;
  opened.clear();
  forgetInTab(OPENED);
}

function name(arrival: Arrival): { receipt: string } {
  const known = [...opened].find(([, one]) => one.code === arrival.code && one.fresh === arrival.fresh);
  const receipt = known?.[0] ?? newIdempotencyKey();
  opened.set(receipt, arrival);
  keepInTab(OPENED, JSON.stringify(Object.fromEntries(opened)));
  return { receipt };
}

/** Opens the receipt of what was just handed in, in place of the form. */
export function showFiled(filed: Filed, earlier: boolean): void {
  const { receipt_code: code, ...view } = filed;
  rememberView(code, view);
  go("/receipt", { replace: true, state: name({ code, fresh: true, earlier }) });
}

/** Opens the receipt of what was handed in while nobody looked. */
export const showArrived = (code: string, earlier: boolean): void =>
  go("/receipt", { state: name({ code, fresh: true, earlier }) });

/** Opens the receipt of a code that the villager has. */
export const showReceipt = (code: string): void =>
  go("/receipt", { state: name({ code, fresh: false, earlier: false }) });

/** History entries outlive versions of this page, and what they stand for: nothing of it is believed unread. */
export function readArrival(state: unknown): Arrival | null {
  const { receipt } = (typeof state === "object" && state !== null ? state : {}) as { receipt?: unknown };
  const found: Partial<Arrival> | undefined = typeof receipt === "string" ? opened.get(receipt) : undefined;
  if (found === undefined || !isCode(found.code)) return null;
  return { code: found.code, fresh: found.fresh === true, earlier: found.earlier === true };
}
