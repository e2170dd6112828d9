// The ready-made views of the queue, in the side bar, with how many wait in each.
import { CloseOutlined } from "@ant-design/icons";
import { Link, useLocation } from "react-router";
import { useText } from "../../lib/i18n";
import { type Role, useStaff } from "../../lib/session";
import { DEFAULTS, type Filters, readFilters, writeFilters } from "./filters";
import { dropView, type SavedView, useSavedViews } from "./savedViews";
import { useCounts } from "./useQueue";
import { words } from "./words";

type ViewName = "acknowledge" | "open" | "red" | "yellow" | "mine" | "review" | "answered" | "all";

/** Cases come up to organs above, whose people see first what waits for a sign that it was seen. */
const isAbove = (role: Role): boolean => role === "supervisor";

const VIEWS: readonly { name: ViewName; filters: Partial<Filters>; isFor?: (role: Role) => boolean }[] = [
  { name: "acknowledge", filters: { waiting: "acknowledge" }, isFor: isAbove },
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
  const { id: me, role } = useStaff();
  const saved = useSavedViews(me);
  const acknowledge = useCounts({ ...DEFAULTS, waiting: "acknowledge" }, isAbove(role)).data;
  const open = useCounts(DEFAULTS).data;
  const mine = useCounts({ ...DEFAULTS, mine: true }).data;
  const review = useCounts({ ...DEFAULTS, state: "under_review" }).data;
  const answered = useCounts({ ...DEFAULTS, state: "answered" }).data;
  const counts: Record<ViewName, number | undefined> = {
    acknowledge: acknowledge?.total,
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
      {VIEWS.filter(({ isFor }) => isFor?.(role) ?? true).map(({ name, filters }) => {
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
      {saved.map((view) => (
        <Saved key={view.name} view={view} shown={shown === view.search} me={me} />
      ))}
    </ul>
  );
}

/** A view of somebody's own: its count, and the way to be rid of it. */
function Saved({ view, shown, me }: { view: SavedView; shown: boolean; me: string }) {
  const say = useText(words);
  const count = useCounts(readFilters(new URLSearchParams(view.search))).data?.total;
  return (
    <li className="saved-view">
      <Link to={`/?${view.search}`} aria-current={shown ? "page" : undefined}>
        {view.name}
        {count === undefined || count === 0 ? null : <span className="count">{count}</span>}
      </Link>
      <button
        type="button"
        aria-label={say("drop_view", { name: view.name })}
        onClick={() => dropView(me, view.name)}
      >
        <CloseOutlined aria-hidden />
      </button>
    </li>
  );
}
