import type { AdminComponents } from "@yidiantong/client";
import { Button } from "antd";
import { useState } from "react";
import { $admin } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { useChildren, useOrganisations, useRegion } from "../../lib/regions";
import { configures, readsConfiguration, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Proposed } from "../../ui/Proposed";
import { words } from "./words";
import { ZoneForm } from "./ZoneForm";

type Zone = AdminComponents["schemas"]["ZoneView"];

export function Component() {
  return readsConfiguration(useStaff().role) ? <Zones /> : <Forbidden />;
}

function Zones() {
  const say = useText(words);
  const { role } = useStaff();
  const found = $admin.useQuery("get", "/api/v1/admin/zones", {});
  const [editing, setEditing] = useState<Zone | "new" | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const open = (what: Zone | "new") => {
    setUntil(null);
    setEditing(what);
  };
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")}>
        {configures(role) && editing === null ? (
          <Button type="primary" onClick={() => open("new")}>
            {say("new")}
          </Button>
        ) : null}
      </PageHead>
      {until === null ? null : <Proposed until={until} />}
      {editing === null ? null : (
        <ZoneForm
          key={editing === "new" ? "new" : editing.id}
          zone={editing === "new" ? null : editing}
          onClose={(at) => {
            setEditing(null);
            setUntil(at);
          }}
        />
      )}
      {found.isPending ? <PageLoading rows={4} /> : null}
      {found.data === undefined && found.error !== null ? (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      {found.data?.items.length === 0 ? <p className="quiet">{say("none")}</p> : null}
      {found.data?.items.map((zone) => (
        <OneZone key={zone.id} zone={zone} onChange={configures(role) ? () => open(zone) : null} />
      ))}
    </div>
  );
}

function OneZone({ zone, onChange }: { zone: Zone; onChange: (() => void) | null }) {
  const say = useText(words);
  const language = useLanguage();
  const county = useRegion(zone.county_code).data?.name ?? zone.county_code;
  const places = useChildren(zone.county_code).data?.items ?? [];
  const units = useOrganisations(zone.county_code).data?.items ?? [];
  const named = zone.townships.map((code) => places.find((one) => one.code === code)?.short_name ?? code);
  return (
    <section className="card" aria-label={zone.name}>
      <h2>{zone.name}</h2>
      <dl className="facts">
        <div>
          <dt>{say("county")}</dt>
          <dd>{county}</dd>
        </div>
        <div>
          <dt>{say("lead_unit")}</dt>
          <dd>
            {units.find((one) => one.id === zone.lead_organisation_id)?.name ?? zone.lead_organisation_id}
          </dd>
        </div>
        <div>
          <dt>{say("townships")}</dt>
          <dd>{named.join(language === "en" ? ", " : "、")}</dd>
        </div>
      </dl>
      {onChange === null ? null : (
        <Button size="small" className="card-do" onClick={onChange}>
          {say("change")}
        </Button>
      )}
    </section>
  );
}
