import type { RegionRow } from "../../lib/reads";
import { villagePath } from "../../lib/settings";
import { Icon } from "../../ui/Icon";
import { PlacePath } from "../../ui/PlacePath";
import { Zh } from "../../ui/Zh";

/** Villages as rows that lead to them; the path tells two of one name apart. */
export function Villages({ items, to }: { items: readonly RegionRow[]; to: string | undefined }) {
  return (
    <ul class="card rows">
      {items.map((each) => (
        <li key={each.code}>
          <a class="row" href={villagePath(each.code, to)}>
            <span class="grow">
              <b>
                <Zh>{each.short_name}</Zh>
              </b>
              <span class="cap">
                <PlacePath path={each.path.slice(1, -1)} />
              </span>
            </span>
            <Icon name="right" size={1.1} />
          </a>
        </li>
      ))}
    </ul>
  );
}
