import { $admin } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { useOrganisations } from "../../lib/regions";
import { readsComplaints, useStaff } from "../../lib/session";
import { chinaYear, useCaseNow } from "../../lib/time";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Declared } from "./Declared";
import { DeclareForm } from "./DeclareForm";
import { words } from "./words";

export function Component() {
  return readsComplaints(useStaff().role) ? <Relations /> : <Forbidden />;
}

function Relations() {
  const say = useText(words);
  const year = chinaYear(useCaseNow(60_000));
  const { region_code } = useStaff();
  const found = $admin.useQuery("get", "/api/v1/admin/relations", {});
  const units = useOrganisations(region_code).data?.items ?? [];
  const names = new Map(
    units.flatMap((unit) => [
      [unit.id, unit.name] as const,
      ...unit.posts.map((post) => [post.id, `${unit.name} ${post.title}`] as const),
    ]),
  );
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")} />
      <section className="card" aria-labelledby="declared">
        <h2 id="declared">{say("list")}</h2>
        {found.isPending ? <PageLoading rows={3} /> : null}
        {found.data === undefined && found.error !== null ? (
          <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
        ) : null}
        {found.data?.items.length === 0 ? <p className="quiet">{say("none")}</p> : null}
        {found.data?.items.map((one) => (
          <Declared key={one.id} one={one} names={names} year={year} />
        ))}
      </section>
      <DeclareForm />
    </div>
  );
}
