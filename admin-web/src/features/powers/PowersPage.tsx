import { useQueryClient } from "@tanstack/react-query";
import type { AdminComponents } from "@yidiantong/client";
import { Alert, Segmented, Tag } from "antd";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { $admin, adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { useRegion } from "../../lib/regions";
import { readsConfiguration, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { RegionSelect } from "../../ui/RegionSelect";
import { SendButton } from "../../ui/SendButton";
import { Zh } from "../../ui/Zh";
import { againstAbove, editAddress, newAddress, versionsAddress } from "./data";
import { ImportFile } from "./ImportFile";
import type { Kind } from "./item";
import { words } from "./words";
import "./powers.css";

type Row = AdminComponents["schemas"]["PowerDeskItem"];

const LISTS = ["power", "duty", "negative"] as const;

export function Component() {
  return readsConfiguration(useStaff().role) ? <Powers /> : <Forbidden />;
}

function Powers() {
  const say = useText(words);
  // In the address, so that whoever comes back from an item is in the list that it belongs to.
  const [params, setParams] = useSearchParams();
  const own = useStaff().region_code;
  const region = params.get("region") ?? own;
  const setRegion = (code: string) => setParams(code === own ? {} : { region: code }, { replace: true });
  const [list, setList] = useState<Kind>("power");
  const found = $admin.useQuery("get", "/api/v1/admin/powers", { params: { query: { region, list } } });
  const desk = found.data;
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")} />
      <p className="powers-place">
        <label htmlFor="powers-region">{say("region")}</label>{" "}
        <RegionSelect
          id="powers-region"
          value={region}
          onChange={setRegion}
          levels={["county", "township", "village"]}
        />
      </p>
      <Segmented
        aria-label={say("list")}
        value={list}
        onChange={setList}
        options={LISTS.map((one) => ({ value: one, label: say(one) }))}
      />
      {desk?.may_edit === true ? (
        <>
          <p>
            <Link to={newAddress(region, list)}>{say("new_item")}</Link>
          </p>
          <ImportFile />
        </>
      ) : null}
      {found.isPending ? <PageLoading rows={6} /> : null}
      {desk === undefined && found.error !== null ? (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      {desk?.items.length === 0 ? <p className="quiet">{say("none")}</p> : null}
      {desk === undefined || desk.new_drafts.length === 0 ? null : (
        <section className="card" aria-label={say("new_drafts")}>
          <h2>{say("new_drafts")}</h2>
          <ul>
            {desk.new_drafts.map((draft) => (
              <li key={draft.id}>
                <Link to={`/powers/drafts/${draft.id}`}>
                  <Zh>{draft.name ?? draft.code}</Zh>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {desk === undefined ? null : <Moved rows={desk.items.filter((row) => row.template_moved)} />}
      {desk === undefined || desk.items.length === 0 ? null : (
        <table className="plain-table card">
          <thead>
            <tr>
              <th scope="col">{say("item")}</th>
              <th scope="col">{say("where")}</th>
              {desk.may_edit ? <th scope="col">{say("do")}</th> : null}
            </tr>
          </thead>
          <tbody>
            {desk.items.map((row) => (
              <OneRow key={row.id} row={row} region={region} list={list} mayEdit={desk.may_edit} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** Whoever comes for something else sees it too: the rows that it is about may be far down. */
function Moved({ rows }: { rows: readonly Row[] }) {
  const say = useText(words);
  if (rows.length === 0) return null;
  return (
    <Alert
      className="power-behind"
      type="warning"
      showIcon
      title={say("moved_n", { n: rows.length })}
      description={
        <>
          <ul>
            {rows.map((row) => (
              <li key={row.id}>
                <Link to={againstAbove(row.id, row.version)}>
                  <Zh>{row.name}</Zh>
                </Link>
              </li>
            ))}
          </ul>
          {say("moved_do")}
        </>
      }
    />
  );
}

function OneRow(props: { row: Row; region: string; list: Kind; mayEdit: boolean }) {
  const { row, region, list, mayEdit } = props;
  const say = useText(words);
  const above = useRegion(row.inherited_from ?? null).data?.short_name ?? row.inherited_from ?? "";
  const own = row.inherited_from === null || row.inherited_from === undefined;
  return (
    <tr>
      <th scope="row">
        <Zh>{row.name}</Zh>
        <br />
        <span className="quiet">
          <Zh>{row.category}</Zh>
        </span>
      </th>
      <td className="power-where">
        {own ? say("own") : say("inherited", { place: above })} ·{" "}
        <Link to={versionsAddress(row.id)} aria-label={say("see_versions", { name: row.name })}>
          {say("version", { n: row.version })}
        </Link>{" "}
        {row.overridden ? <Tag color="blue">{say("overridden")}</Tag> : null}
        {row.template_moved ? <Tag className="power-old">{say("moved")}</Tag> : null}
        {row.draft === null || row.draft === undefined ? null : (
          <Tag>{say(row.draft.removes ? (row.overridden ? "drafted_back" : "drafted_out") : "drafted")}</Tag>
        )}
        {row.template_moved && row.overrides != null ? (
          <div className="power-moved">
            <Link
              to={againstAbove(row.id, row.version)}
              aria-label={say("moved_beside_of", { name: row.name })}
            >
              {say("moved_beside")}
            </Link>
            <Link
              to={versionsAddress(row.overrides.id)}
              aria-label={say("moved_what_of", { name: row.name })}
            >
              {say("moved_what")}
            </Link>
          </div>
        ) : null}
      </td>
      {mayEdit ? (
        <td>
          <Acts row={row} own={own} region={region} list={list} />
        </td>
      ) : null}
    </tr>
  );
}

function Acts({ row, own, region, list }: { row: Row; own: boolean; region: string; list: Kind }) {
  const say = useText(words);
  const go = useNavigate();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  if (row.draft !== null && row.draft !== undefined) {
    return <Link to={`/powers/drafts/${row.draft.id}`}>{say("go_on")}</Link>;
  }
  const takeOut = async () => {
    setBusy(true);
    setError(null);
    try {
      const body = { region_code: region, list, remove: row.code };
      const { data } = await adminApi.POST("/api/v1/admin/powers/drafts", { body });
      // Whoever comes back finds the draft in the list.
      await queries.invalidateQueries({ refetchType: "none" });
      if (data !== undefined) await go(`/powers/drafts/${data.id}`);
    } catch (thrown) {
      setError(asApiError(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="power-do">
      {/* Looking makes no draft: it is begun when something is saved. */}
      <Link to={editAddress(row.id, region)}>{say(own ? "change" : "write_over")}</Link>
      {own ? (
        <SendButton size="small" loading={busy} onClick={() => void takeOut()}>
          {say(row.overridden ? "take_back" : "take_out")}
        </SendButton>
      ) : null}
      {error === null ? null : <ProblemAlert error={error} />}
    </div>
  );
}
