// To where something is to be changed.
import { go } from "../../lib/navigate";
import { type Fault, stepOf } from "./checks";

/** To the step that the first fault belongs to, with all faults of that step. */
export function mend(faults: readonly Fault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const step = stepOf(first.field);
  const there = faults.filter((fault) => stepOf(fault.field) === step);
  go(step === 1 ? "/new" : "/new/name", { state: { change: first.field, faults: there } });
}
