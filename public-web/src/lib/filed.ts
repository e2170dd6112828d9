// What was just handed in, on its way from the form to the receipt: in memory only. The code itself travels in
// history.state, so that a reload of the receipt finds it; never in the URL or the title.
import type { PublicComponents } from "@yidiantong/client";
import { go } from "./navigate";
import { isCode } from "./receiptCode";

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

export function forgetViews(): void {
  last = null;
}

/** Opens the receipt of what was just handed in, in place of the form. */
export function showFiled(filed: Filed, earlier: boolean): void {
  const { receipt_code: code, ...view } = filed;
  rememberView(code, view);
  go("/receipt", { replace: true, state: { code, fresh: true, earlier } });
}

/** Opens the receipt of a code that the villager has. */
export const showReceipt = (code: string): void => go("/receipt", { state: { code } });

/** History entries outlive versions of this page: nothing in them is believed unread. */
export function readArrival(state: unknown): Arrival | null {
  const found = state as Partial<Arrival> | null;
  if (typeof found !== "object" || found === null || !isCode(found.code)) return null;
  return { code: found.code, fresh: found.fresh === true, earlier: found.earlier === true };
}
