// Faults of an answer, put where they belong in a form: each at the field whose place begins the fault's.
import type { ApiError, FieldFault } from "./problem";

export interface PlacedFault {
  /** A form's name for the field: `["stages", "accept", "amount"]`. */
  name: (string | number)[];
  errors: string[];
}

/** `/stages/accept/amount` -> `["stages", "accept", "amount"]`. */
export const pathOf = (pointer: string): string[] =>
  pointer
    .replace(/^\//, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** Sorts faults: at fields (`targets` takes `/targets/0/id`), and those that belong to none. */
export function placeFaults(
  error: ApiError,
  fields: readonly string[],
): { placed: PlacedFault[]; rest: FieldFault[] } {
  const placed = new Map<string, PlacedFault>();
  const rest: FieldFault[] = [];
  for (const fault of error.faults) {
    const pointer = fault.pointer.replace(/^\//, "");
    const field = fields
      .filter((one) => pointer === one || pointer.startsWith(`${one}/`))
      .sort((a, b) => b.length - a.length)[0];
    if (field === undefined) {
      rest.push(fault);
      continue;
    }
    const known = placed.get(field);
    if (known === undefined) placed.set(field, { name: pathOf(field), errors: [fault.detail] });
    else if (!known.errors.includes(fault.detail)) known.errors.push(fault.detail);
  }
  return { placed: [...placed.values()], rest };
}
