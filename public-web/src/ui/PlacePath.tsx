import type { Region } from "../lib/reads";
import { Zh } from "./Zh";

/** Where a place lies, from the large to the small; a line is broken between names, never inside one. */
export function PlacePath({ path }: { path: Region["path"] }) {
  return (
    <Zh>
      {path.map((each, depth) => (
        <span class="keep" key={each.code}>
          {each.short_name}
          {depth === path.length - 1 ? "" : " › "}
        </span>
      ))}
    </Zh>
  );
}
