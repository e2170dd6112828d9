import { type AdminComponents, formatDay, formatInstant } from "@yidiantong/client";
import { Button, InputNumber } from "antd";
import { useState } from "react";
import "../../styles/policies.css";
import { $admin } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { useRegion } from "../../lib/regions";
import { configures, readsConfiguration, useStaff } from "../../lib/session";
import { chinaYear, useCaseNow } from "../../lib/time";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Proposed } from "../../ui/Proposed";
import { RegionSelect } from "../../ui/RegionSelect";
import { Zh } from "../../ui/Zh";
import { ChangeForm } from "./ChangeForm";
import { words } from "./words";

type View = AdminComponents["schemas"]["CalendarView"];

export function Component() {
  return readsConfiguration(useStaff().role) ? <Calendars /> : <Forbidden />;
}

function Calendars() {
  const say = useText(words);
  const me = useStaff();
  const thisYear = chinaYear(useCaseNow(60_000));
  const [region, setRegion] = useState(me.region_code);
  const [asked, setAsked] = useState<number | null>(null);
  const [proposing, setProposing] = useState(false);
  const [until, setUntil] = useState<string | null>(null);
  const query = { region, year: asked ?? thisYear };
  const found = $admin.useQuery(
    "get",
    "/api/v1/admin/calendars",
    { params: { query } },
    // Before the server's clock is known, this year is another one.
    { enabled: thisYear > 1970 },
  );
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")}>
        {configures(me.role) && !proposing ? (
          <Button
            type="primary"
            onClick={() => {
              setUntil(null);
              setProposing(true);
            }}
          >
            {say("propose")}
          </Button>
        ) : null}
      </PageHead>
      {until === null ? null : <Proposed until={until} />}
      {proposing ? (
        <ChangeForm
          region={region}
          onClose={(at) => {
            setProposing(false);
            setUntil(at);
          }}
        />
      ) : null}
      <div className="page-pick">
        <label htmlFor="calendar-place">{say("place")}</label>
        <RegionSelect
          id="calendar-place"
          levels={["city", "county", "township", "village"]}
          wholeCounty
          value={region}
          onChange={setRegion}
        />
        <label htmlFor="calendar-year">{say("year")}</label>
        <InputNumber
          id="calendar-year"
          min={1970}
          max={9999}
          precision={0}
          value={asked ?? thisYear}
          onChange={(year) => setAsked(year)}
        />
      </div>
      {found.isPending ? <PageLoading rows={8} /> : null}
      {found.data === undefined && found.error !== null ? (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      {found.data === undefined ? null : <Calendar view={found.data} />}
    </div>
  );
}

function Calendar({ view }: { view: View }) {
  const say = useText(words);
  const language = useLanguage();
  const hours = view.office_hours.map((range) => range.join("–")).join(language === "en" ? ", " : "、");
  return (
    <>
      <section className="card" aria-label={say("title")}>
        <dl className="facts wide">
          <div>
            <dt>{say("version")}</dt>
            <dd>{view.version}</dd>
          </div>
          <div>
            <dt>{say("hours")}</dt>
            <dd>{hours}</dd>
          </div>
          <div>
            <dt>{say("announced")}</dt>
            <dd>{span(view.announced_years)}</dd>
          </div>
        </dl>
      </section>
      <section className="card" aria-labelledby="days">
        <h2 id="days">{say("days", { year: view.year })}</h2>
        {view.days.length === 0 ? <p className="quiet">{say("no_days")}</p> : <Days days={view.days} />}
      </section>
      <section className="card" aria-labelledby="versions">
        <h2 id="versions">{say("versions")}</h2>
        <ul className="versions">
          {view.versions.map((one) => (
            <li key={one.version}>
              {say("version_n", { n: one.version })} · <Place code={one.region_code} /> ·{" "}
              <Zh>{one.source}</Zh> · {say("day_count", { n: one.day_count })} ·{" "}
              {formatInstant(one.imported_at, language)}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Days({ days }: { days: View["days"] }) {
  const say = useText(words);
  const language = useLanguage();
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{say("date")}</th>
          <th scope="col">{say("kind")}</th>
          <th scope="col">{say("name")}</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ date, kind, name }) => (
          <tr key={date}>
            <th scope="row">{formatDay(date, language)}</th>
            <td>{say(kind)}</td>
            <td>
              <Zh>{name}</Zh>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Place({ code }: { code: string | null | undefined }) {
  const say = useText(words);
  const { data } = useRegion(code ?? null);
  return <>{code == null ? say("whole_country") : (data?.name ?? code)}</>;
}

/** `2004–2026` where no year is missing between. */
function span(years: readonly number[]): string {
  const [first, last] = [years[0], years.at(-1)];
  if (first === undefined || last === undefined) return "–";
  return last - first + 1 === years.length ? `${first}–${last}` : years.join(" ");
}
