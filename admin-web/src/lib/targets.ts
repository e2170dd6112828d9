// Whom a case is about, as a list of choices and free words: what the forms work with, and what the API takes.
import type { AdminComponents } from "@yidiantong/client";

type Schemas = AdminComponents["schemas"];
export type TargetRequest = Schemas["TargetRequest"];
type TargetView = Schemas["TargetView"];

export const GROUPS = ["village", "township", "county"] as const;

export interface Targets {
  /** `organisation ID`, `post ID` or `group village`. */
  chosen: readonly string[];
  /** Somebody in words. */
  other: string;
}

export const NOBODY: Targets = { chosen: [], other: "" };

export function targetsBody({ chosen, other }: Targets): TargetRequest[] {
  const named = chosen.flatMap((key): TargetRequest[] => {
    const [type, ...rest] = key.split(" ");
    const id = rest.join(" ");
    if (type === "organisation" || type === "post") return [{ type, id }];
    const group = GROUPS.find((one) => one === id);
    return type === "group" && group !== undefined ? [{ type, group }] : [];
  });
  const text = other.trim();
  return text === "" ? named : [...named, { type: "other", text }];
}

/** Targets as they stand in a case, as a form has them. */
export function targetsOf(views: readonly TargetView[]): Targets {
  const chosen = views.flatMap(({ type, id, group }) => {
    if (group != null) return [`group ${group}`];
    return id == null ? [] : [`${type} ${id}`];
  });
  const other = views.flatMap(({ text }) => (text == null ? [] : [text])).join("；");
  return { chosen, other };
}
