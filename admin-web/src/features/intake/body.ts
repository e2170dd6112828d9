// What was taken down at the telephone, from a letter or at the counter, as the API wants it.
import type { AdminComponents } from "@yidiantong/client";
import { type Targets, targetsBody } from "../../lib/targets";

export type IntakeRequest = AdminComponents["schemas"]["IntakeRequest"];

/** A line says nothing of its disclosure, and is shown within it: the form keeps both, also over another page and back. */
export type About = NonNullable<IntakeRequest["about"]> & { sheet?: string };

export const CHANNELS = ["phone", "letter", "counter"] as const;
export const MODES = ["anonymous", "confidential", "named"] as const;

/** As the form has it, all of it optional until somebody has filled it in. */
export interface Typed {
  channel: (typeof CHANNELS)[number];
  kind: IntakeRequest["kind"];
  region_code: string;
  category: string;
  targets: Targets;
  /** What of all that is published they mean. */
  about?: About | null;
  attachments?: readonly { token: string; name: string }[];
  text: string;
  identity: { mode: (typeof MODES)[number]; name?: string; phone?: string; email?: string };
  may_publish_answer?: boolean;
}

/** The places of faults in the form. */
export const FIELDS = [
  "channel",
  "kind",
  "region_code",
  "category",
  "targets",
  "about",
  "attachments",
  "text",
  "identity/mode",
  "identity/name",
  "identity/phone",
  "identity/email",
  "may_publish_answer",
] as const;

export function intakeBody(typed: Typed): IntakeRequest {
  const { mode, ...person } = typed.identity;
  const said = (text: string | undefined) => (text === undefined || text.trim() === "" ? null : text.trim());
  // Who gives no name leaves nothing behind, whatever was typed before the choice.
  const known = mode === "anonymous" ? {} : person;
  const [name, phone, email] = [said(known.name), said(known.phone), said(known.email)];
  return {
    channel: typed.channel,
    kind: typed.kind,
    region_code: typed.region_code,
    category: typed.category,
    targets: targetsBody(typed.targets),
    ...(typed.about == null ? {} : { about: { type: typed.about.type, id: typed.about.id } }),
    ...(typed.attachments === undefined || typed.attachments.length === 0
      ? {}
      : { attachments: typed.attachments.map(({ token }) => token) }),
    text: typed.text.trim(),
    identity: {
      mode,
      ...(name === null ? {} : { name }),
      ...(phone === null ? {} : { phone }),
      ...(email === null ? {} : { email }),
    },
    filed_by: "agent",
    may_publish_answer: typed.may_publish_answer === true,
  };
}

/** A receipt code as people read it out: five groups of four. */
export const grouped = (code: string): string => code.replace(/(\d{4})(?=\d)/g, "$1 ");
