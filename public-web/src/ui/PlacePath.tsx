import { Fragment } from "preact";
import type { Region } from "../lib/reads";
import { Zh } from "./Zh";

/** Where a place lies, from the large to the small; a line is broken between names, never inside one. */
export function PlacePath({ path }: { path: Region["path"] }) {
  return (
    <Zh>
      {path.map((each, depth) => (
        <Fragment key={each.code}>
          <span class="keep">
            {each.short_name}
            {depth === path.length - 1 ? "" : " ›"}
          </span>{" "}
        </Fragment>
      ))}
    </Zh>
  );
}
