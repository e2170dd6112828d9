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

/** Whether an object says anything at a place, be it `undefined`. */
const says = (changed: unknown, [first, ...rest]: readonly (string | number)[]): boolean => {
  if (first === undefined) return true;
  if (typeof changed !== "object" || changed === null || !(first in changed)) return false;
  return says((changed as Record<string | number, unknown>)[first], rest);
};

/** A form of antd, whatever it holds. */
interface Fields {
  getFieldsError(): { name: (string | number)[]; errors: string[] }[];
  setFields(fields: never[]): void;
}

/** Shows faults at their fields. Their names come from the server, so that no type can know them. */
export const mark = (form: Fields, placed: readonly PlacedFault[]): void =>
  form.setFields([...placed] as never[]);

/** What somebody has changed is no longer what was found at fault. */
export function mended(form: Fields, changed: unknown): void {
  const faulty = form.getFieldsError().filter(({ name, errors }) => errors.length > 0 && says(changed, name));
  if (faulty.length > 0)
    mark(
      form,
      faulty.map(({ name }) => ({ name, errors: [] })),
    );
}
