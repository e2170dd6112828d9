// The versions of an item, why each was made, and any two of them side by side.
import { formatDay } from "@yidiantong/client";
import { Button, Select, Tag } from "antd";
import { Link, useParams, useSearchParams } from "react-router";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { readsConfiguration, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Zh } from "../../ui/Zh";
import { Compare } from "./Compare";
import {
  ABOVE,
  ABOVE_NOW,
  againstAbove,
  asItem,
  type PowerView,
  usePower,
  useVersions,
  type Version,
} from "./data";
import { words } from "./words";
import "./powers.css";

export function Component() {
  return readsConfiguration(useStaff().role) ? <VersionsPage /> : <Forbidden />;
}

function VersionsPage() {
  const { id = "" } = useParams();
  const say = useText(words);
  const both = useText(common);
  const found = useVersions(id);
  const item = usePower(id);
  const failed = found.data === undefined ? found.error : item.data === undefined ? item.error : null;
  const versions = found.data;
  return (
    <div className="page-body">
      <p>
        <Link to="/powers">‹ {say("back_to_list")}</Link>
      </p>
      <PageHead
        title={item.data === undefined ? say("versions") : say("versions_of", { name: item.data.name })}
        lead={say("versions_lead")}
      />
      {found.isPending || item.isPending ? <PageLoading rows={6} /> : null}
      {failed === null ? null : (
        <ProblemAlert
          error={failed}
          onRetry={() => {
            void found.refetch();
            void item.refetch();
          }}
        />
      )}
      {versions === undefined || item.data === undefined ? null : (
        <>
          <List versions={versions} newest={item.data} />
          {found.hasNextPage ? (
            <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              {both("more")}
            </Button>
          ) : null}
          <Comparison item={item.data} versions={versions} />
        </>
      )}
    </div>
  );
}

/** Of the address: which two are held against each other. */
const pairAddress = (from: string, to: number): string => `?from=${from}&to=${to}`;

function List({ versions, newest }: { versions: readonly Version[]; newest: PowerView }) {
  const say = useText(words);
  const language = useLanguage();
  const told = (one: Version) => {
    if (one.change === "removed") return say("was_removed");
    if (one.compared_with_item != null) return say("over_above", { n: one.compared_with ?? 1 });
    return one.compared_with == null ? say("first_version") : say("n_changed", { n: one.changes.length });
  };
  return (
    <section className="card table-scroll" aria-label={say("versions")}>
      <table className="plain-table card-rows">
        <thead>
          <tr>
            <th scope="col">{say("versions")}</th>
            <th scope="col">{say("published_on")}</th>
            <th scope="col">{say("why")}</th>
            <th scope="col">{say("what_changed")}</th>
            <th scope="col">{say("compare")}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((one) => (
            <tr key={one.version}>
              <th scope="row" className="whole">
                {say("version", { n: one.version })}{" "}
                {newest.in_force && one.version === newest.version ? <Tag>{say("in_force")}</Tag> : null}
              </th>
              <td data-label={say("published_on")} className="whole">
                {formatDay(one.published_at.slice(0, 10), language)}
              </td>
              <td data-label={say("why")} className="words">
                {one.reason == null || one.reason === "" ? (
                  <span className="quiet">{say("no_reason")}</span>
                ) : (
                  <Zh>{one.reason}</Zh>
                )}
              </td>
              <td data-label={say("what_changed")} className="whole">
                {told(one)}
              </td>
              <td className="whole power-beside">
                {newest.in_force && one.version === newest.version && newest.overrides != null ? (
                  <Link to={againstAbove(newest.id, one.version)} replace preventScrollReset>
                    {say("with_above")}
                  </Link>
                ) : null}
                {one.compared_with == null ? null : (
                  <Link
                    to={pairAddress(
                      one.compared_with_item == null ? String(one.compared_with) : ABOVE,
                      one.version,
                    )}
                    replace
                    preventScrollReset
                  >
                    {say(one.compared_with_item == null ? "with_before" : "with_over")}
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Comparison({ item, versions }: { item: PowerView; versions: readonly Version[] }) {
  const { id, overrides } = item;
  const say = useText(words);
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const first = versions.at(-1);
  const above = first?.compared_with_item == null ? null : first;
  const name = (one: Version) =>
    `${say("version", { n: one.version })} · ${formatDay(one.published_at.slice(0, 10), language)}`;
  const options = versions.map((one) => ({ value: String(one.version), label: name(one) }));
  // What the first one was written over may still be what stands above.
  const still =
    above !== null &&
    above.compared_with_item === overrides?.id &&
    above.compared_with === overrides?.version;
  const older = [
    ...options,
    ...(above === null || still
      ? []
      : [{ value: ABOVE, label: say("above_first", { n: above.compared_with ?? 1 }) }]),
    ...(overrides == null ? [] : [{ value: ABOVE_NOW, label: say("above_now", { n: overrides.version }) }]),
  ];
  const known = (asked: string | null, among: typeof options, fallback: string | undefined) =>
    among.find(({ value }) => value === asked)?.value ?? fallback ?? "";
  const to = known(params.get("to"), options, options[0]?.value);
  const asked = params.get("from");
  const from = known(still && asked === ABOVE ? ABOVE_NOW : asked, older, older[1]?.value);
  const fromAbove = from === ABOVE || from === ABOVE_NOW;
  if (older.length < 2) return <p className="quiet">{say("only_one")}</p>;
  const choose = (next: { from?: string; to?: string }) =>
    setParams({ from, to, ...next }, { replace: true, preventScrollReset: true });
  const label = (value: string, among: typeof options) =>
    among.find((one) => one.value === value)?.label ?? "";
  return (
    <section className="card" aria-labelledby="compare">
      <h2 id="compare">{say("compare")}</h2>
      <div className="compare-pick">
        <label htmlFor="compare-from">{say(fromAbove ? "from_above" : "older")}</label>
        <Select
          id="compare-from"
          value={from}
          onChange={(value) => choose({ from: value })}
          options={older}
        />
        <label htmlFor="compare-to">{say(fromAbove ? "from_here" : "newer")}</label>
        <Select id="compare-to" value={to} onChange={(value) => choose({ to: value })} options={options} />
      </div>
      <Both
        key={`${from} ${to}`}
        before={
          from === ABOVE
            ? { id: above?.compared_with_item ?? "", version: above?.compared_with ?? 1 }
            : from === ABOVE_NOW
              ? { id: overrides?.id ?? "", version: overrides?.version ?? 1 }
              : { id, version: Number(from) }
        }
        after={{ id, version: Number(to) }}
        heads={[label(from, older), label(to, options)]}
        signs={fromAbove ? say("signs_above") : undefined}
      />
    </section>
  );
}

interface One {
  id: string;
  version: number;
}

interface BothProps {
  before: One;
  after: One;
  heads: readonly [string, string];
  signs: string | undefined;
}

function Both({ before, after, heads, signs }: BothProps) {
  const old = usePower(before.id, before.version);
  const now = usePower(after.id, after.version);
  if (old.data !== undefined && now.data !== undefined) {
    return <Compare before={asItem(old.data)} after={asItem(now.data)} heads={heads} signs={signs} />;
  }
  const failed = old.error ?? now.error;
  if (failed === null) return <PageLoading rows={6} />;
  return (
    <ProblemAlert
      error={failed}
      onRetry={() => {
        void old.refetch();
        void now.refetch();
      }}
    />
  );
}
