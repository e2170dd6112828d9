// What is still missing or wrong, found before anything is sent, and the server's own findings put at the
// same places. One list of faults feeds the summary at the top and the words at the fields.
import type { PublicComponents } from "@yidiantong/client";
import type { Draft } from "../../lib/draft";
import type { FieldError } from "../../lib/problem";
import { targetsOf } from "./body";
import {
  asBody,
  asContact,
  asLine,
  asPhone,
  lengthOf,
  NAME_MAX,
  OTHER_MAX,
  TEXT_MAX,
  TEXT_MIN,
} from "./text";

type Category = PublicComponents["schemas"]["CategoryView"];

export type Field =
  | "region"
  | "about"
  | "kind"
  | "category"
  | "text"
  | "targets"
  | "otherText"
  | "photos"
  | "mode"
  | "name"
  | "phone"
  | "email"
  | "agent"
  | "publish";

export type Step = 1 | 2 | 3;

const OF_NAME: readonly Field[] = ["mode", "name", "phone", "email", "agent", "publish"];
export const stepOf = (field: Field): Step => (OF_NAME.includes(field) ? 2 : 1);

/** Why; the words for it are in the dictionary. */
export type FaultCode =
  | "missing"
  | "short"
  | "long"
  | "elsewhere"
  | "too_many"
  | "above_city"
  | "gone"
  | "wrong"
  | "contact";

export interface Fault {
  field: Field;
  code: FaultCode;
  /** The server's own words, for a fault this page has none for. */
  detail?: string;
}

const MOST_TARGETS = 10;

export function faultsOfMatter(draft: Draft, categories: readonly Category[], aboveCity: boolean): Fault[] {
  const faults: Fault[] = [];
  const add = (field: Field, code: FaultCode) => faults.push({ field, code });
  if (draft.region === null) add("region", "missing");
  if (draft.kind === null) add("kind", "missing");
  const category = categories.find((one) => one.code === draft.category);
  if (category === undefined) add("category", "missing");
  else if (category.redirect) add("category", "elsewhere");
  const length = lengthOf(asBody(draft.text));
  if (length === 0) add("text", "missing");
  else if (length < TEXT_MIN) add("text", "short");
  else if (length > TEXT_MAX) add("text", "long");
  if (!draft.nobody && !draft.other && draft.targets.length === 0) add("targets", "missing");
  else if (targetsOf(draft).length > MOST_TARGETS) add("targets", "too_many");
  else if (!draft.nobody && aboveCity) add("targets", "above_city");
  if (draft.other && !draft.nobody) {
    const words = lengthOf(asLine(draft.otherText));
    if (words === 0) add("otherText", "missing");
    else if (words > OTHER_MAX) add("otherText", "long");
  }
  return faults;
}

export function faultsOfIdentity(draft: Draft): Fault[] {
  const faults: Fault[] = [];
  const add = (field: Field, code: FaultCode) => faults.push({ field, code });
  if (draft.mode === null) add("mode", "missing");
  if (draft.mode === null || draft.mode === "anonymous") return faults;
  const [name, phone, email] = [asLine(draft.name), asPhone(draft.phone), asContact(draft.email)];
  if (draft.mode === "named" && name === "") add("name", "missing");
  else if (name === "" && phone === "" && email === "") add("name", "contact");
  if (lengthOf(name) > NAME_MAX) add("name", "long");
  if (phone !== "" && !isPhone(phone)) add("phone", "wrong");
  if (email !== "" && !isEmail(email)) add("email", "wrong");
  return faults;
}

/** Digits with the usual separators, 7 to 15 of them. */
function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return digits >= 7 && digits <= 15 && text.length <= 30 && /^[\d +()-]+$/.test(text);
}

/** One @ with something on both sides, and a dot behind it. */
function isEmail(text: string): boolean {
  const [local, host, more] = text.split("@");
  return text.length <= 254 && !/\s/.test(text) && !!local && !!host?.includes(".") && more === undefined;
}

const PLACES: readonly [pointer: string, field: Field][] = [
  ["/region_code", "region"],
  ["/about", "about"],
  ["/kind", "kind"],
  ["/category", "category"],
  ["/text", "text"],
  ["/targets", "targets"],
  ["/attachments", "photos"],
  ["/identity/name", "name"],
  ["/identity/phone", "phone"],
  ["/identity/email", "email"],
  ["/identity", "mode"],
];

const CODES: Readonly<Record<string, FaultCode>> = {
  required: "missing",
  too_short: "short",
  too_long: "long",
  belongs_elsewhere: "elsewhere",
  above_the_city: "above_city",
  about_not_found: "gone",
  target_unknown: "gone",
  attachment_gone: "gone",
  too_many_attachments: "too_many",
  attachments_too_large: "long",
  region_unknown: "gone",
  category_unknown: "missing",
  identity_missing: "missing",
  invalid_phone: "wrong",
  invalid_email: "wrong",
};

/** What the server found, at the fields of this form; what lies elsewhere is left out. */
export function faultsOfServer(errors: readonly FieldError[]): Fault[] {
  return errors.flatMap(({ pointer, code, detail }) => {
    const place = PLACES.find(([start]) => pointer === start || pointer.startsWith(`${start}/`));
    return place === undefined ? [] : [{ field: place[1], code: CODES[code] ?? "wrong", detail }];
  });
}
