import { formatInstant } from "@yidiantong/client";
import { Button, Select } from "antd";
import { useState } from "react";
import "../../styles/policies.css";
import { $admin } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { policyLines } from "../../lib/policy";
import { countyOf } from "../../lib/regions";
import { configures, readsConfiguration, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { plainName } from "../../ui/names";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Proposed } from "../../ui/Proposed";
import { RegionSelect } from "../../ui/RegionSelect";
import { PolicyForm } from "./PolicyForm";
import { Tester } from "./Tester";
import { words } from "./words";

export function Component() {
  return readsConfiguration(useStaff().role) ? <Policies /> : <Forbidden />;
}

function Policies() {
  const say = useText(words);
  const own = countyOf(useStaff().region_code);
  const [chosen, setChosen] = useState<string | null>(null);
  const county = own ?? chosen;
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")} />
      {own === null ? (
        <div className="page-pick">
          <label htmlFor="policy-county">{say("county")}</label>
          <RegionSelect id="policy-county" levels={["county"]} value={chosen} onChange={setChosen} />
        </div>
      ) : null}
      {county === null ? (
        <p className="quiet">{say("choose_county")}</p>
      ) : (
        <Policy key={county} county={county} />
      )}
    </div>
  );
}

function Policy({ county }: { county: string }) {
  const say = useText(words);
  const language = useLanguage();
  const { role } = useStaff();
  const params = { path: { county_code: county } };
  const found = $admin.useQuery("get", "/api/v1/admin/policies/{county_code}", { params });
  const [asked, setAsked] = useState<number | null>(null);
  const [proposing, setProposing] = useState(false);
  const [until, setUntil] = useState<string | null>(null);
  const { data } = found;
  if (data === undefined) {
    if (found.error === null) return <PageLoading rows={8} />;
    return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  }
  const shown = data.history.find(({ version }) => version === asked) ?? data.history[0];
  const policy = shown?.policy ?? data.policy;
  const about = (version: number) => {
    const one = data.history.find((each) => each.version === version);
    const parts = [
      say("version", { n: version }),
      version === data.version ? say("in_force") : null,
      one?.begun_at == null ? say("shipped") : say("since", { at: formatInstant(one.begun_at, language) }),
      one?.proposed_by == null || one.decided_by == null
        ? null
        : say("by", { a: plainName(one.proposed_by), b: plainName(one.decided_by) }),
    ];
    return parts.filter((part) => part !== null).join(" · ");
  };
  return (
    <>
      {until === null ? null : <Proposed until={until} />}
      {proposing ? (
        <PolicyForm
          key={data.version}
          county={county}
          current={data.policy}
          onClose={(at) => {
            setProposing(false);
            setUntil(at);
          }}
        />
      ) : (
        <section className="card" aria-label={say("title")}>
          <div className="policy-head">
            <Select
              aria-label={say("versions")}
              value={policy.version}
              popupMatchSelectWidth={false}
              onChange={setAsked}
              options={data.history.map(({ version }) => ({ value: version, label: about(version) }))}
            />
            {configures(role) ? (
              <Button type="primary" onClick={() => setProposing(true)}>
                {say("propose")}
              </Button>
            ) : null}
          </div>
          <dl className="facts wide">
            {policyLines(policy, language).map(({ key, label, value }) => (
              <div key={key}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <Tester county={county} policy={policy} />
    </>
  );
}
