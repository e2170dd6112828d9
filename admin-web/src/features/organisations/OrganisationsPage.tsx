// The units of one's region: founded, named and closed here, each with its posts and who holds them.
import { App, Button } from "antd";
import { useEffect, useState } from "react";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { type AdminUnit, useAdminUnits } from "../../lib/organisations";
import { administers, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { RegionSelect } from "../../ui/RegionSelect";
import { ActForm } from "./ActForm";
import { FoundForm } from "./FoundForm";
import "./organisations.css";
import { type Action, headingOf, UnitCard } from "./UnitCard";
import { words } from "./words";

/** What a form ended with: a unit, or given up. */
export type Ended = AdminUnit | null;

export function Component() {
  return administers(useStaff().role) ? <Units /> : <Forbidden />;
}

function Units() {
  const say = useText(words);
  const both = useText(common);
  const [region, setRegion] = useState(useStaff().region_code);
  const found = useAdminUnits(region);
  const [editing, setEditing] = useState<"new" | { unit: AdminUnit; action: Action } | null>(null);
  const [fresh, setFresh] = useState<string | null>(null);
  const { message } = App.useApp();
  const close = (what: string) => (unit: Ended) => {
    setEditing(null);
    if (unit === null) return;
    message.success(say("done", { what, name: unit.name }));
    setRegion(unit.region_code);
    setFresh(unit.id);
  };
  // A new unit stands among the others of its kind.
  const isThere = fresh !== null && found.data?.some(({ id }) => id === fresh) === true;
  useEffect(() => {
    if (!isThere || fresh === null) return;
    document.getElementById(headingOf(fresh))?.scrollIntoView({ block: "nearest" });
    setFresh(null);
  }, [isThere, fresh]);
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")}>
        {editing === null ? (
          <Button type="primary" onClick={() => setEditing("new")}>
            {say("add")}
          </Button>
        ) : null}
      </PageHead>
      {editing === "new" ? <FoundForm first={region} onClose={close(say("add"))} /> : null}
      <div className="unit-place">
        <label htmlFor="unit-place">{say("place")}</label>
        <RegionSelect
          id="unit-place"
          levels={["city", "county", "township", "village"]}
          value={region}
          onChange={setRegion}
        />
      </div>
      {found.isPending ? <PageLoading rows={6} /> : null}
      {found.data === undefined && found.error !== null ? (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      {found.data?.length === 0 ? <p className="quiet">{say("none")}</p> : null}
      {found.data?.map((unit) => (
        <UnitCard key={unit.id} unit={unit} onAct={(action) => setEditing({ unit, action })}>
          {editing === null || editing === "new" || editing.unit.id !== unit.id ? null : (
            <ActForm
              key={editing.action}
              unit={editing.unit}
              action={editing.action}
              onClose={close(say(editing.action))}
            />
          )}
        </UnitCard>
      ))}
      {found.hasNextPage ? (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {both("more")}
        </Button>
      ) : null}
    </div>
  );
}
