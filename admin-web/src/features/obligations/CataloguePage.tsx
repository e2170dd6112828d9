import {
  type AdminComponents,
  frequencies,
  type Language,
  limitUnits,
  sources,
  word,
} from "@yidiantong/client";
import { Button } from "antd";
import { useState } from "react";
import { $admin } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { countyOf } from "../../lib/regions";
import { configures, readsObligations, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Proposed } from "../../ui/Proposed";
import { RegionSelect } from "../../ui/RegionSelect";
import { Zh } from "../../ui/Zh";
import { CatalogueForm } from "./CatalogueForm";
import { catalogueWords as words } from "./words";

type Schemas = AdminComponents["schemas"];
type Matter = Schemas["MatterView"];

export function Component() {
  return readsObligations(useStaff().role) ? <Catalogue /> : <Forbidden />;
}

function Catalogue() {
  const say = useText(words);
  const { region_code: own, role } = useStaff();
  const [region, setRegion] = useState(countyOf(own) ?? own);
  const [editing, setEditing] = useState(false);
  const [until, setUntil] = useState<string | null>(null);
  const found = $admin.useQuery("get", "/api/v1/admin/catalogues/{region_code}", {
    params: { path: { region_code: region } },
  });
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")}>
        {configures(role) && !editing && found.data !== undefined ? (
          <Button
            type="primary"
            onClick={() => {
              setUntil(null);
              setEditing(true);
            }}
          >
            {say("propose")}
          </Button>
        ) : null}
      </PageHead>
      {until === null ? null : <Proposed until={until} />}
      <p>
        <label htmlFor="catalogue-region">{say("region")}</label>{" "}
        <RegionSelect
          id="catalogue-region"
          levels={["county", "township", "village"]}
          wholeCounty
          value={region}
          onChange={(code) => {
            setEditing(false);
            setRegion(code);
          }}
        />
      </p>
      {found.isPending ? <PageLoading rows={6} /> : null}
      {found.error === null ? null : (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      )}
      {editing && found.data !== undefined ? (
        <CatalogueForm
          key={region}
          catalogue={found.data}
          onClose={(expires) => {
            setEditing(false);
            setUntil(expires);
          }}
        />
      ) : null}
      {found.data === undefined ? null : <Matters region={region} rows={found.data.in_force} />}
    </div>
  );
}

/** Until when, in words. */
export function useDue(): (matter: Pick<Matter, "due">) => string {
  const say = useText(words);
  const language: Language = useLanguage();
  return ({ due }) => {
    const rolls = due.roll === "none" ? "" : say("rolls");
    if (due.rule === "day_of_month") {
      return say("day_of_month", { m: due.months_after, d: due.day }) + rolls;
    }
    const unit = word(limitUnits, due.unit, language);
    return say(due.rule, { n: due.amount, unit }) + (due.unit === "calendar_day" ? rolls : "");
  };
}

function Matters({ region, rows }: { region: string; rows: readonly Matter[] }) {
  const say = useText(words);
  const language = useLanguage();
  const due = useDue();
  const from = (row: Matter) => {
    if (row.catalogue_region_code == null) return say("shipped");
    return say(row.catalogue_region_code === region ? "own" : "above", { n: row.catalogue_version });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard (WCAG 2.1.1)
    <section className="card table-scroll" aria-label={say("title")} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            {(["name", "frequency", "due", "responsible", "channel", "basis", "from"] as const).map(
              (name) => (
                <th key={name} scope="col">
                  {say(name)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <th scope="row">
                <Zh>{row.name}</Zh>
              </th>
              <td className="whole">{word(frequencies, row.frequency, language)}</td>
              <td>{due(row)}</td>
              <td className="words">
                <Zh>{row.responsible}</Zh>
              </td>
              <td className="words">
                <Zh>{row.channel}</Zh>
              </td>
              <td className="words">
                <ul>
                  {row.basis.map((basis) => (
                    <li key={basis.text}>
                      <Zh>{basis.text}</Zh>（{word(sources, basis.source, language)}）
                    </li>
                  ))}
                </ul>
              </td>
              <td className="whole">{from(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
