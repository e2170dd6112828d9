import { type AdminComponents, formatInstant, lights, ratings, word } from "@yidiantong/client";
import { $admin } from "../../lib/api";
import { useCategories } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { readsComplaints, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Figures, type Line } from "./Figures";
import { words } from "./words";

type View = AdminComponents["schemas"]["DashboardView"];

export function Component() {
  return readsComplaints(useStaff().role) ? <Dashboard /> : <Forbidden />;
}

function Dashboard() {
  const say = useText(words);
  const language = useLanguage();
  const found = $admin.useQuery("get", "/api/v1/admin/dashboard", {}, { refetchInterval: 60_000 });
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
      {data === undefined ? null : <Tables view={data} />}
    </div>
  );
}

function Tables({ view }: { view: View }) {
  const say = useText(words);
  const language = useLanguage();
  const categories = useCategories();
  const month = view.last_30_days;
  const known = (value: number | null | undefined, shown: (n: number) => string | number) =>
    value == null ? say("not_known") : shown(value);
  const counts = [
    ["filed", month.filed],
    ["answered", month.answered],
    ["on_time", month.on_time],
    ["promises_overdue", month.overdue],
    ["overdue_at_end", month.overdue_at_end],
    ["on_time_rate", known(month.on_time_rate, (rate) => `${Math.round(rate * 100)}%`)],
    ["median", known(month.median_working_days, (days) => days)],
    ["p90", known(month.p90_working_days, (days) => days)],
    ["unrated", month.unrated],
    ["pauses", month.pauses],
    ["extensions", month.extensions],
    ["withdrawals", month.withdrawals],
    ["disputes", month.disputes],
    ["declines", month.declines],
    ["merges", month.merges],
  ] as const;
  const light = (code: keyof View["lights"]): Line => ({
    key: code,
    name: code === "none" ? say("light_none") : word(lights, code, language),
    values: [view.lights[code]],
  });
  const open = [say("open"), say("overdue")];
  return (
    <div className="figures">
      <Figures
        title={say("now")}
        first={say("what")}
        columns={[say("count")]}
        lines={[
          { key: "open", name: say("open"), values: [view.open] },
          { key: "overdue", name: say("overdue"), values: [view.overdue] },
          { key: "due_today", name: say("due_today"), values: [view.due_today] },
        ]}
      />
      <Figures
        title={say("lights")}
        first={say("lights")}
        columns={[say("count")]}
        lines={(["red", "yellow", "blue", "green", "none"] as const).map(light)}
      />
      <Figures
        title={say("by_unit")}
        first={say("unit")}
        columns={open}
        lines={view.by_unit.map((unit) => ({
          key: unit.id,
          name: unit.name,
          values: [unit.open, unit.overdue],
        }))}
      />
      <Figures
        title={say("by_category")}
        first={say("category")}
        columns={open}
        lines={view.by_category.map((one) => ({
          key: one.code,
          name: categories.name(one.code),
          values: [one.open, one.overdue],
        }))}
      />
      <Figures
        title={say("backlog")}
        first={say("backlog")}
        columns={[say("open")]}
        lines={view.backlog.map(({ from_days: from, to_days: to, open: n }) => ({
          key: String(from),
          name: to == null ? say("age_more", { from }) : say("age", { from, to }),
          values: [n],
        }))}
      />
      <Figures
        title={say("last_30")}
        first={say("what")}
        columns={[say("count")]}
        lines={counts.map(([key, value]) => ({ key, name: say(key), values: [value] }))}
      />
      <Figures
        title={say("ratings")}
        first={say("ratings")}
        columns={[say("count")]}
        lines={(Object.keys(ratings) as (keyof typeof ratings)[]).map((code) => ({
          key: code,
          name: word(ratings, code, language),
          values: [month.ratings[code]],
        }))}
      />
    </div>
  );
}
