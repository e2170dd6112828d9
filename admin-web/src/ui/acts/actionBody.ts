// What a form's fields say, as the API wants it: empty optional words left out, a day as the instant after it.
import type { AdminComponents } from "@yidiantong/client";
import type { ActionName, CaseView } from "../../lib/cases";

export type ActionRequest = AdminComponents["schemas"]["ActionRequest"];

/** The fields an action's form has, in order. `?`: may be left empty. */
export type Field =
  | "note"
  | "note?"
  | "reason"
  | "text"
  | "organisation_id"
  | "staff_id"
  | "brief"
  | "share_attachments?"
  | "facts"
  | "basis"
  | "result"
  | "remedy"
  | "due_at"
  | "reason_code"
  | "redirect?"
  | "into_id"
  | "working_days"
  | "public_answer?";

/** The actions staff can take, and what each asks for. */
export const FIELDS = {
  accept: [],
  start: [],
  acknowledge: [],
  request_supplement: ["note"],
  send_back: ["note"],
  approve: ["note?", "public_answer?"],
  decline: ["reason_code", "redirect?", "note"],
  merge: ["into_id", "reason"],
  extend: ["working_days", "reason"],
  return: ["reason"],
  escalate: ["reason"],
  note: ["text"],
  message: ["text"],
  assign: ["staff_id"],
  dispatch: ["organisation_id", "brief", "share_attachments?", "note?"],
  transfer: ["organisation_id", "reason"],
  submit_answer: ["facts", "basis", "result", "remedy"],
  supervise: ["note", "due_at"],
} as const satisfies Partial<Record<ActionName, readonly Field[]>>;

export type FormAction = keyof typeof FIELDS;

/** What takes a second person: it waits as a proposal until somebody else approves. */
export const TWO_PERSONS: ReadonlySet<FormAction> = new Set(["decline", "merge", "extend"]);

/** The fields in this case: words for everybody only where the complainant allowed them, photos where there are any. */
export const fieldsOf = (
  action: FormAction,
  view: Pick<CaseView, "may_publish_answer" | "attachments">,
): readonly Field[] =>
  (FIELDS[action] as readonly Field[]).filter(
    (field) =>
      (field !== "public_answer?" || view.may_publish_answer) &&
      (field !== "share_attachments?" || view.attachments.length > 0),
  );

export const isFormAction = (action: string | null): action is FormAction =>
  action !== null && Object.hasOwn(FIELDS, action);

/** The field's name in the body and in the server's faults. */
export const nameOf = (field: Field): string => field.replace("?", "");

/** The first instant after a day, by China's clocks: what the API calls due. */
export function afterDay(day: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000 + 8 * 3_600_000);
  return `${next.toISOString().slice(0, 10)}T00:00:00+08:00`;
}

export function actionBody(action: FormAction, typed: Readonly<Record<string, unknown>>): ActionRequest {
  const body: Record<string, string | number | readonly number[]> = { action };
  for (const field of FIELDS[action] as readonly Field[]) {
    const name = nameOf(field);
    const value = typed[name];
    if (typeof value === "number") {
      body[name] = value;
      continue;
    }
    if (Array.isArray(value)) {
      // None is what the API takes for nothing said.
      if (value.length > 0) body[name] = value as number[];
      continue;
    }
    const text = typeof value === "string" ? value.trim() : "";
    if (text === "" && field.endsWith("?")) continue;
    body[name] = name === "due_at" && text !== "" ? afterDay(text) : text;
  }
  return body as ActionRequest;
}
