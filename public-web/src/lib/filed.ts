// What was just handed in, on its way from the form to the receipt: in memory only. Its code never stands in the
// address, the title or the history. So that a reload of the receipt finds it, a pad lies in that entry of the history
// and the code, hidden by the pad, in this tab: neither tells anything alone, and both are forgotten when the page is
// left, by whatever way. Stepping back then finds no case.
import type { PublicComponents } from "@yidiantong/client";
import { OPENED } from "./left";
import { go } from "./navigate";
import { CODE_DIGITS, isCode } from "./receiptCode";
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

/** What the page of a receipt shows now, and the pad in its entry of the history. */
let opened: { pad: string; arrival: Arrival } | null = null;

/** Forgets what was opened here; the entries of the history lead nowhere then. */
export function forgetViews(): void {
  last = null;
  opened = null;
  forgetInTab(OPENED);
}

/** The page of this code was left. */
export function forgetView(code: string): void {
  // Not where another has been opened already.
  if (opened === null || opened.arrival.code === code) forgetViews();
}

/** As many digits as a code has, by chance. */
const newPad = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(CODE_DIGITS)), (byte) => byte % 10).join("");

/** Each digit moved on, or back, by that of the pad. */
const shifted = (digits: string, pad: string, way: 1 | -1): string =>
  Array.from(digits, (digit, at) => (Number(digit) + way * Number(pad[at]) + 10) % 10).join("");

const isPad = (found: unknown): found is string =>
  typeof found === "string" && found.length === CODE_DIGITS && /^\d+$/.test(found);

/** The state of the entry of the history that shows it. */
function stateOf(arrival: Arrival): { receipt: string } {
  const pad = newPad();
  opened = { pad, arrival };
  keepInTab(OPENED, JSON.stringify({ ...arrival, code: shifted(arrival.code, pad, 1) }));
  return { receipt: pad };
}

/** Opens the receipt of what was just handed in, in place of the form. */
export function showFiled(filed: Filed, earlier: boolean): void {
  const { receipt_code: code, ...view } = filed;
  rememberView(code, view);
  go("/receipt", { replace: true, state: stateOf({ code, fresh: true, earlier }) });
}

/** Opens the receipt of what was handed in while nobody looked. */
export const showArrived = (code: string, earlier: boolean): void =>
  go("/receipt", { state: stateOf({ code, fresh: true, earlier }) });

/** Opens the receipt of a code that the villager has. */
export const showReceipt = (code: string): void =>
  go("/receipt", { state: stateOf({ code, fresh: false, earlier: false }) });

const padOf = (state: unknown): string | null => {
  const { receipt } = (typeof state === "object" && state !== null ? state : {}) as { receipt?: unknown };
  return isPad(receipt) ? receipt : null;
};

/** Whether a receipt was shown here that was left. */
export const wasShown = (state: unknown): boolean => padOf(state) !== null;

/** History entries outlive versions of this page, and what they stand for: nothing of it is believed unread. */
export function readArrival(state: unknown): Arrival | null {
  const pad = padOf(state);
  if (pad === null) return null;
  if (opened !== null) return opened.pad === pad ? opened.arrival : null;
  const found = readHidden(recallInTab(OPENED));
  if (typeof found.code !== "string" || found.code.length !== CODE_DIGITS) return null;
  const code = shifted(found.code, pad, -1);
  if (!isCode(code)) return null;
  const arrival = { code, fresh: found.fresh === true, earlier: found.earlier === true };
  opened = { pad, arrival };
  return arrival;
}

function readHidden(saved: string | null): Partial<Arrival> {
  try {
    return (JSON.parse(saved ?? "null") as Partial<Arrival> | null) ?? {};
  } catch {
    return {};
  }
}
