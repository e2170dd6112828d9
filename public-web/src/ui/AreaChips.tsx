// The same page for the village, its township or its county. One takes the other's place in the history.
import type { AreaChoice } from "../lib/areas";
import { go } from "../lib/navigate";
import { Zh } from "./Zh";

interface Props {
  label: string;
  areas: readonly AreaChoice[];
  here: AreaChoice;
  href: (to: AreaChoice) => string;
}

export function AreaChips({ label, areas, here, href }: Props) {
  if (areas.length < 2) return null;
  return (
    <nav aria-label={label} class="areas">
      <ul class="chips">
        {areas.map((each) => (
          <li key={each.code}>
            <a
              class="chip"
              href={href(each)}
              aria-current={each.code === here.code ? "page" : undefined}
              onClick={(click) => {
                if (click.ctrlKey || click.metaKey || click.shiftKey) return;
                click.preventDefault();
                click.stopPropagation();
                go(href(each), { replace: true });
              }}
            >
              <Zh>{each.name}</Zh>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
