// The draft as the server takes it. Nothing is sent that was not asked for: with no name, no phone either,
// even when it was typed before the mind was changed.
import type { PublicComponents } from "@yidiantong/client";
import type { Draft } from "../../lib/draft";
import type { FilingRequest } from "../../lib/hand";
import { splitKey } from "./destination";
import { asBody, asContact, asLine, asPhone } from "./text";

type Schemas = PublicComponents["schemas"];

export function targetsOf(draft: Draft): Schemas["TargetRequest"][] {
  if (draft.nobody) return [];
  const ticked = draft.targets.flatMap((key): Schemas["TargetRequest"][] => {
    const [type, id] = splitKey(key);
    if (type === "organisation" || type === "post") return [{ type, id }];
    if (id === "village" || id === "township" || id === "county") return [{ type: "group", group: id }];
    return [];
  });
  return draft.other ? [...ticked, { type: "other", text: asLine(draft.otherText) }] : ticked;
}

function identityOf(draft: Draft): Schemas["IdentityRequest"] {
  const mode = draft.mode ?? "anonymous";
  if (mode === "anonymous") return { mode };
  const [name, phone, email] = [asLine(draft.name), asPhone(draft.phone), asContact(draft.email)];
  return { mode, ...(name && { name }), ...(phone && { phone }), ...(email && { email }) };
}

/** Only for a draft in which no fault was found; its photos get their tokens on the way. */
export function bodyOf(draft: Draft): FilingRequest {
  return {
    kind: draft.kind ?? "complaint",
    region_code: draft.region?.code ?? "",
    category: draft.category ?? "",
    ...(draft.about === null ? {} : { about: draft.about.about }),
    text: asBody(draft.text),
    targets: targetsOf(draft),
    identity: identityOf(draft),
    filed_by: draft.forSomeone ? "agent" : "self",
    may_publish_answer: draft.publish,
  };
}
