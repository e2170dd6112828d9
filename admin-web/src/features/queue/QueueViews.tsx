// The ready-made views of the queue, in the side bar, with how many wait in each.
import { Link, useLocation } from "react-router";
import { useText } from "../../lib/i18n";
import { DEFAULTS, type Filters, readFilters, writeFilters } from "./filters";
import { useCounts } from "./useQueue";
import { words } from "./words";

type ViewName = "open" | "red" | "yellow" | "mine" | "review" | "answered" | "all";

const VIEWS: readonly { name: ViewName; filters: Partial<Filters> }[] = [
  { name: "open", filters: {} },
  { name: "red", filters: { light: "red" } },
  { name: "yellow", filters: { light: "yellow" } },
  { name: "mine", filters: { mine: true } },
  { name: "review", filters: { state: "under_review" } },
  { name: "answered", filters: { state: "answered" } },
  { name: "all", filters: { state: "all" } },
];

export function QueueViews() {
  const say = useText(words);
  const location = useLocation();
  const shown =
    location.pathname === "/" ? writeFilters(readFilters(new URLSearchParams(location.search))) : null;
  const open = useCounts(DEFAULTS).data;
  const mine = useCounts({ ...DEFAULTS, mine: true }).data;
  const review = useCounts({ ...DEFAULTS, state: "under_review" }).data;
  const answered = useCounts({ ...DEFAULTS, state: "answered" }).data;
  const counts: Record<ViewName, number | undefined> = {
    open: open?.total,
    red: open?.red,
    yellow: open?.yellow,
    mine: mine?.total,
    review: review?.total,
    answered: answered?.total,
    all: undefined,
  };
  return (
    <ul>
      {VIEWS.map(({ name, filters }) => {
        const search = writeFilters(filters);
        const count = counts[name];
        return (
          <li key={name}>
            <Link
              to={search === "" ? "/" : `/?${search}`}
              aria-current={shown === search ? "page" : undefined}
            >
              {say(`view_${name}`)}
              {count === undefined || (count === 0 && name !== "open") ? null : (
                <span className={`count ${count > 0 ? name : ""}`}>{count}</span>
              )}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
