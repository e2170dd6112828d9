import { UploadOutlined } from "@ant-design/icons";
import { formatFen, formatPeriod } from "@yidiantong/client";
import { Button, Empty, Grid, Select, Table, type TableColumnsType } from "antd";
import { Link, useHref, useNavigate, useSearchParams } from "react-router";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useStaff } from "../../lib/session";
import { kindWords } from "../../ui/disclosureKinds";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import {
  type Disclosure,
  type DisclosureState,
  drafts,
  publicPage,
  useDisclosures,
  useVillageName,
  useVillages,
} from "./data";
import { dayOf, Heading, Signatures, StateTag, Waits } from "./parts";
import { Templates } from "./Templates";
import { stateWords, words } from "./words";
import "./disclosures.css";

const STATES: readonly DisclosureState[] = ["draft", "signed", "published", "withdrawn"];
const NEW = "/disclosures/new";
const asState = (text: string | null): DisclosureState | null =>
  STATES.find((state) => state === text) ?? null;

export function Component() {
  const say = useText(words);
  const both = useText(common);
  const { role } = useStaff();
  const [search, setSearch] = useSearchParams();
  const filter = { region: search.get("region"), state: asState(search.get("state")) };
  const list = useDisclosures(filter);
  const wide = Grid.useBreakpoint().lg ?? false;
  usePageTitle(say("title"));

  const found = list.data ?? [];
  const show = () => {
    if (list.isPending) return <PageLoading />;
    if (list.data === undefined)
      return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
    if (found.length === 0) return <Nothing filtered={search.size > 0} onReset={() => setSearch({})} />;
    return wide ? <Wide of={found} /> : <Narrow of={found} />;
  };

  return (
    <div className="disc-page">
      <header className="disc-head">
        <Heading>{say("title")}</Heading>
        {drafts(role) ? (
          <div className="disc-do">
            <Templates />
            <UploadLink />
          </div>
        ) : null}
      </header>
      <Filters search={search} onChange={setSearch} />
      {show()}
      {found.length === 0 ? null : (
        <p className="disc-foot">
          {say(list.hasNextPage ? "n_so_far" : "n_shown", { n: found.length })}
          {list.hasNextPage ? (
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {both("more")}
            </Button>
          ) : null}
        </p>
      )}
    </div>
  );
}

/** Looks like a button, is a link: it can be opened in a tab of its own. */
function UploadLink() {
  const say = useText(words);
  const href = useHref(NEW);
  const navigate = useNavigate();
  return (
    <Button
      type="primary"
      icon={<UploadOutlined aria-hidden />}
      href={href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        void navigate(NEW);
      }}
    >
      {say("upload")}
    </Button>
  );
}

interface FiltersProps {
  search: URLSearchParams;
  onChange: (search: URLSearchParams) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const say = useText(words);
  const sayState = useText(stateWords);
  const villages = useVillages().data ?? [];
  const change = (key: string, value: string) => {
    const next = new URLSearchParams(search);
    if (value === "") next.delete(key);
    else next.set(key, value);
    onChange(next);
  };
  return (
    <div className="disc-filters">
      {villages.length < 2 ? null : (
        <Select
          aria-label={say("village")}
          value={search.get("region") ?? ""}
          onChange={(value) => change("region", value)}
          showSearch={{ optionFilterProp: "label" }}
          options={[
            { value: "", label: say("all_villages") },
            ...villages.map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
      )}
      <Select
        aria-label={say("state")}
        value={asState(search.get("state")) ?? ""}
        onChange={(value) => change("state", value)}
        options={[
          { value: "", label: say("all_states") },
          ...STATES.map((state) => ({ value: state, label: sayState(state) })),
        ]}
      />
    </div>
  );
}

function Nothing({ filtered, onReset }: { filtered: boolean; onReset: () => void }) {
  const say = useText(words);
  const { role } = useStaff();
  return (
    <Empty className="card" image={Empty.PRESENTED_IMAGE_SIMPLE} description={false}>
      <p>
        <strong>{say(filtered ? "nothing_found" : "nothing")}</strong>
      </p>
      {filtered ? (
        <Button onClick={onReset}>{say("reset")}</Button>
      ) : (
        <p className="disc-quiet">{say(drafts(role) ? "nothing_do" : "nothing_wait")}</p>
      )}
    </Empty>
  );
}

function Wide({ of }: { of: Disclosure[] }) {
  const say = useText(words);
  const sayKind = useText(kindWords);
  const language = useLanguage();
  const nameOf = useVillageName();
  const money = (key: "income_fen" | "expense_fen" | "closing_fen", title: string) => ({
    title,
    align: "right" as const,
    width: 124,
    render: (_: unknown, row: Disclosure) => (row.kind === "ledger" ? formatFen(row[key], language) : "—"),
  });
  const columns: TableColumnsType<Disclosure> = [
    {
      title: say("period"),
      render: (_, row) => (
        <>
          <Link to={`/disclosures/${row.id}`} className="disc-name">
            {nameOf(row.region_code)} {formatPeriod(row.period, language)}
          </Link>
          <small className="disc-sub">
            {sayKind(row.kind)} · <span className="disc-whole">{say("n_lines", { n: row.line_count })}</span>
          </small>
        </>
      ),
    },
    {
      title: say("state"),
      width: 150,
      render: (_, row) => (
        <>
          <StateTag state={row.state} />
          <Waits of={row} />
        </>
      ),
    },
    money("income_fen", say("income")),
    money("expense_fen", say("expense")),
    money("closing_fen", say("closing")),
    {
      title: say("signatures"),
      width: 130,
      render: (_, row) => <Signatures of={row} brief />,
    },
    { title: say("created_at"), width: 184, render: (_, row) => <When of={row} /> },
  ];
  return (
    <Table<Disclosure>
      rowKey="id"
      columns={columns}
      dataSource={of}
      pagination={false}
      className="card disc-table"
    />
  );
}

function When({ of }: { of: Disclosure }) {
  const say = useText(words);
  const language = useLanguage();
  if (of.published_at == null) {
    return <span className="disc-quiet">{say("made_on", { at: dayOf(of.created_at, language) })}</span>;
  }
  return (
    <>
      {say("published_on", { at: dayOf(of.published_at, language) })}
      <a className="disc-sub" href={publicPage(of)} target="_blank" rel="noreferrer">
        {say("public_page")}
      </a>
    </>
  );
}

function Narrow({ of }: { of: Disclosure[] }) {
  const say = useText(words);
  const sayKind = useText(kindWords);
  const language = useLanguage();
  const nameOf = useVillageName();
  return (
    <ul className="disc-cards">
      {of.map((row) => (
        <li key={row.id} className="card">
          <Link to={`/disclosures/${row.id}`} className="disc-name">
            {nameOf(row.region_code)} {formatPeriod(row.period, language)}
          </Link>
          <StateTag state={row.state} />
          <Waits of={row} />
          <small className="disc-sub">
            {sayKind(row.kind)} · <span className="disc-whole">{say("n_lines", { n: row.line_count })}</span>
          </small>
          <dl className="disc-sums" hidden={row.kind !== "ledger"}>
            {(
              [
                ["income", row.income_fen],
                ["expense", row.expense_fen],
                ["closing", row.closing_fen],
              ] as const
            ).map(([key, fen]) => (
              <div key={key}>
                <dt>{say(key)}</dt>
                <dd>{formatFen(fen, language)}</dd>
              </div>
            ))}
          </dl>
          <When of={row} />
        </li>
      ))}
    </ul>
  );
}
