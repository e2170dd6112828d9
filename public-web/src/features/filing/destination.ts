// To whom a concern goes: the lowest discipline organ strictly above everybody it is about, as the server
// decides it. Shown before it is handed in, so that nobody need fear it lands on the wrong desk.
import type { PublicComponents } from "@yidiantong/client";
import type { Draft } from "../../lib/draft";

type Schemas = PublicComponents["schemas"];
export type Unit = Schemas["OrganisationView"];
export type Level = Schemas["Level"];

export const LEVELS: readonly Level[] = ["village", "township", "county", "city", "province"];
const rank = (level: Level): number => LEVELS.indexOf(level);

export type Destination =
  | { to: "unit"; unit: Unit }
  /** The city is complained about: nobody in this system is above it. */
  | { to: "outside" }
  /** Not known from here; the server knows. */
  | { to: "unknown" };

/** The highest level that any chosen target belongs to. */
export function highestTarget(draft: Draft, units: readonly Unit[]): Level {
  let highest: Level = "village";
  const raise = (level: Level | undefined) => {
    if (level !== undefined && rank(level) > rank(highest)) highest = level;
  };
  for (const key of draft.targets) {
    const [type, id] = splitKey(key);
    if (type === "group") raise(LEVELS.find((level) => level === id));
    if (type === "organisation") raise(units.find((unit) => unit.id === id)?.level);
    if (type === "post") raise(units.find((unit) => unit.posts.some((post) => post.id === id))?.level);
  }
  // Nobody can tell whom words mean: treated as somebody of the township.
  if (draft.other) raise("township");
  return highest;
}

export function destination(draft: Draft, units: readonly Unit[]): Destination {
  const highest = highestTarget(draft, units);
  if (rank(highest) >= rank("city")) return { to: "outside" };
  const organs = units.filter((unit) => unit.kind === "discipline_organ" && rank(unit.level) > rank(highest));
  const [nearest] = organs.sort((one, other) => rank(one.level) - rank(other.level));
  return nearest === undefined ? { to: "unknown" } : { to: "unit", unit: nearest };
}

/** `post:a:b` -> `["post", "a:b"]`. */
export function splitKey(key: string): [type: string, id: string] {
  const at = key.indexOf(":");
  return at < 0 ? ["", key] : [key.slice(0, at), key.slice(at + 1)];
}
