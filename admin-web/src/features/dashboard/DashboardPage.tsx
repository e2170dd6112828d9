import { type AdminComponents, formatInstant, lights, numbers, ratings, word } from "@yidiantong/client";
import { useMemo } from "react";
import { Link } from "react-router";
import "../../styles/dashboard.css";
import { $admin } from "../../lib/api";
import { type Light as LightCode, useCategories } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { useRenewMs } from "../../lib/live";
import { readsComplaints, readsConfiguration, useStaff } from "../../lib/session";
import { chinaDay } from "../../lib/time";
import { Forbidden } from "../../ui/Forbidden";
import { Light } from "../../ui/Light";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { behind, days, percent } from "./behind";
import { Figures, type Line, type Value } from "./Figures";
import { Trends } from "./Trends";
import { words } from "./words";

type View = AdminComponents["schemas"]["DashboardView"];

export function Component() {
  return readsComplaints(useStaff().role) ? <Dashboard /> : <Forbidden />;
}

function Dashboard() {
  const say = useText(words);
  const language = useLanguage();
  const staff = useStaff();
  const found = $admin.useQuery("get", "/api/v1/admin/dashboard", {}, { refetchInterval: useRenewMs() });
  const { data } = found;
  return (
    <div className="page-body">
      {data === undefined ? (
        <PageHead title={say("title")} />
      ) : (
        <PageHead title={say("title")} lead={say("lead", { at: formatInstant(data.at, language) })} />
      )}
      {found.isPending ? <PageLoading rows={8} /> : null}
      {data === undefined && found.error !== null ? (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      {data === undefined ? null : (
        <div className="dashboard">
          <Now view={data} />
          <Work view={data} />
          <Trends region={staff.region_code} today={chinaDay(Date.parse(data.at))} />
          <Month view={data} />
        </div>
      )}
    </div>
  );
}

/** What waits now, each number a way into the queue. */
function Now({ view }: { view: View }) {
  const say = useText(words);
  const language = useLanguage();
  const tiles: { key: string; name: string; n: number; to: string; light?: LightCode }[] = [
    { key: "open", name: say("open"), n: view.open, to: "/" },
    { key: "due", name: say("due_today"), n: view.due_today, to: "/?due=today" },
    ...(["red", "yellow", "blue", "green"] as const).map((light) => ({
      key: light,
      name: word(lights, light, language),
      n: view.lights[light],
      to: `/?light=${light}`,
      light,
    })),
  ];
  return (
    <ul className="now-tiles" aria-label={say("now")}>
      {tiles.map(({ key, name, n, to, light }) => (
        <li key={key}>
          <Link to={to} className={`tile ${light ?? "all"}`}>
            {light === undefined ? null : <Light light={light} size={26} silent />}
            <span>
              <strong>{n}</strong>
              <small>{name}</small>
            </span>
          </Link>
        </li>
      ))}
      {view.lights.none === 0 ? null : (
        <li>
          <p className="tile none">
            <Light light={null} size={26} />
            <span>
              <strong>{view.lights.none}</strong>
              <small>{say("no_light")}</small>
            </span>
          </p>
        </li>
      )}
    </ul>
  );
}

const BOTH = { columns: [0, 1], lying: true } as const;
/** Lying too: what is named at length has no room at the foot of a narrow picture. */
const ONE = { columns: [0], lying: true } as const;

function Work({ view }: { view: View }) {
  const say = useText(words);
  const categories = useCategories();
  const zones = useZones();
  const open = useMemo(() => [say("open"), say("overdue")], [say]);
  const only = useMemo(() => [say("open")], [say]);
  /** Open and late, with the queue of each. */
  const both = (line: { open: number; overdue: number }, filter: string): Value[] => [
    { n: line.open, to: filter },
    { n: line.overdue, to: `light=red&${filter}` },
  ];
  const categoryName = categories.name;
  return (
    <>
      <Figures
        title={say("by_unit")}
        first={say("unit")}
        columns={open}
        chart={BOTH}
        lines={view.by_unit.map((unit) => ({
          key: unit.id,
          name: unit.name,
          values: both(unit, `unit=${unit.id}`),
        }))}
      />
      <Figures
        title={say("by_township")}
        first={say("township")}
        also={zones === null ? [] : [say("zone")]}
        columns={open}
        chart={BOTH}
        lines={view.by_township.map((place) => ({
          key: place.code,
          name: place.name,
          also: zones === null ? [] : [zones.get(place.code) ?? say("no_zone")],
          values: both(place, `region=${place.code}`),
        }))}
      />
      <Figures
        title={say("by_category")}
        first={say("category")}
        columns={open}
        chart={BOTH}
        lines={view.by_category.map((one) => ({
          key: one.code,
          name: categoryName(one.code),
          values: both(one, `category=${one.code}`),
        }))}
      />
      <Figures
        title={say("backlog")}
        first={say("age_title")}
        columns={only}
        chart={ONE}
        lines={view.backlog.map(({ from_days: from, to_days: to, open: n }) => ({
          key: String(from),
          name: to == null ? say("age_more", { from }) : say("age", { from, to }),
          values: [{ n, to: `age=${from}-${to ?? ""}` }],
        }))}
      />
    </>
  );
}

/** The public statistics show nothing of fewer either. */
const FEW = 5;

/** The last thirty days. */
function Month({ view }: { view: View }) {
  const say = useText(words);
  const language = useLanguage();
  const month = view.last_30_days;
  const count = useMemo(() => [say("count")], [say]);
  const of = (number: string) => ({ to: behind(number) });
  /** Of a handful of answers, days say little: how many there were stands beside. */
  const few = (value: Value): Value =>
    value.n === null || month.answered >= FEW
      ? value
      : { ...value, said: say("few", { n: value.n, m: month.answered }) };
  const plain = [
    "filed",
    "answered",
    "on_time",
    "overdue",
    "overdue_at_end",
    "pauses",
    "extensions",
    "withdrawals",
    "disputes",
    "declines",
    "merges",
  ] as const;
  const lines: Line[] = [
    ...plain.map((key) => ({
      key,
      name: word(numbers, key, language),
      values: [{ n: month[key], ...of(key) }],
    })),
    {
      key: "on_time_rate",
      name: say("on_time_rate"),
      values: [{ ...percent(month.on_time_rate), ...of("promises") }],
    },
    {
      key: "median",
      name: say("median"),
      values: [{ ...few(days(month.median_working_days)), ...of("first_answers") }],
    },
    {
      key: "p90",
      name: say("p90"),
      values: [{ ...few(days(month.p90_working_days)), ...of("first_answers") }],
    },
  ];
  const rated: Line[] = (Object.keys(ratings) as (keyof typeof ratings)[]).map((code) => ({
    key: code,
    name: word(ratings, code, language),
    values: [{ n: month.ratings[code], to: `state=all&rating=${code}` }],
  }));
  return (
    <>
      <Figures title={say("last_30")} first={say("what")} columns={count} lines={lines} />
      <Figures
        title={say("ratings")}
        note={say("ratings_note")}
        first={say("ratings")}
        columns={count}
        chart={ONE}
        lines={[
          ...rated,
          {
            key: "unrated",
            name: word(numbers, "unrated", language),
            values: [{ n: month.unrated, ...of("unrated") }],
          },
        ]}
      />
    </>
  );
}

/** The zone of each township, for those who may read it. */
function useZones(): ReadonlyMap<string, string> | null {
  const may = readsConfiguration(useStaff().role);
  const { data } = $admin.useQuery(
    "get",
    "/api/v1/admin/zones",
    {},
    { enabled: may, staleTime: 10 * 60_000 },
  );
  return useMemo(() => {
    if (data === undefined || data.items.length === 0) return null;
    return new Map(data.items.flatMap((zone) => zone.townships.map((code) => [code, zone.name] as const)));
  }, [data]);
}
