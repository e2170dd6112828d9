// The accounts of one's region: made, changed, reset and ended. What takes a second person is proposed.
import { useInfiniteQuery } from "@tanstack/react-query";
import type { AdminComponents } from "@yidiantong/client";
import { Alert, Button, Input, Select, Typography } from "antd";
import { useDeferredValue, useState } from "react";
import { adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { common, roles } from "../../lib/i18n/common";
import { administers, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Proposed } from "../../ui/Proposed";
import { ActForm } from "./ActForm";
import { AddForm } from "./AddForm";
import { words } from "./words";

type Schemas = AdminComponents["schemas"];
export type Account = Schemas["AccountView"];
/** What a form ended with: done, proposed, or given up. */
export type Ended = Schemas["HandedView"] | Schemas["ProposedView"] | null;

const STATES = ["invited", "active", "disabled"] as const;
const ACTIONS = ["change", "reset", "link", "disable"] as const;
export type Action = (typeof ACTIONS)[number];
const PATH = "/api/v1/admin/staff";

export function Component() {
  return administers(useStaff().role) ? <People /> : <Forbidden />;
}

function useAccounts(q: string, state: string | null) {
  const query = { ...(q === "" ? {} : { q }), ...(state === null ? {} : { state }) };
  return useInfiniteQuery({
    queryKey: ["get", PATH, query],
    queryFn: async ({ pageParam, signal }) => {
      const params = { query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) } };
      const { data } = await adminApi.GET(PATH, { params, signal });
      return data ?? { items: [], next_cursor: null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
}

function People() {
  const say = useText(words);
  const both = useText(common);
  const [typed, setTyped] = useState("");
  const [state, setState] = useState<string | null>(null);
  const found = useAccounts(useDeferredValue(typed.trim()), state);
  const [editing, setEditing] = useState<"new" | { account: Account; action: Action } | null>(null);
  const [ended, setEnded] = useState<Ended>(null);
  const open = (what: NonNullable<typeof editing>) => {
    setEnded(null);
    setEditing(what);
  };
  const close = (end: Ended) => {
    setEditing(null);
    setEnded(end);
  };
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")}>
        {editing === null ? (
          <Button type="primary" onClick={() => open("new")}>
            {say("add")}
          </Button>
        ) : null}
      </PageHead>
      {ended === null ? null : <End end={ended} />}
      {editing === "new" ? <AddForm onClose={close} /> : null}
      {editing === null || editing === "new" ? null : (
        <ActForm
          key={`${editing.account.id} ${editing.action}`}
          account={editing.account}
          action={editing.action}
          onClose={close}
        />
      )}
      <div className="two-columns">
        <Input
          type="search"
          aria-label={say("search")}
          placeholder={say("search")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Select
          aria-label={say("state")}
          value={state ?? ""}
          onChange={(value: string) => setState(value === "" ? null : value)}
          options={[
            { value: "", label: say("all_states") },
            ...STATES.map((value) => ({ value, label: say(value) })),
          ]}
        />
      </div>
      {found.isPending ? <PageLoading rows={6} /> : null}
      {found.data === undefined && found.error !== null ? (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      {found.data?.length === 0 ? <p className="quiet">{say("nobody")}</p> : null}
      {found.data === undefined || found.data.length === 0 ? null : (
        <AccountTable accounts={found.data} onAct={(account, action) => open({ account, action })} />
      )}
      {found.hasNextPage ? (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {both("more")}
        </Button>
      ) : null}
    </div>
  );
}

/** What came of it; a link is on this screen and nowhere else. */
function End({ end }: { end: NonNullable<Ended> }) {
  const say = useText(words);
  const both = useText(common);
  if ("proposal_id" in end) return <Proposed until={end.expires_at} />;
  const { account, enrolment_link: link } = end;
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={say(link == null ? "done" : "handed", { name: account.display_name })}
      description={
        link == null ? undefined : (
          <Typography.Text code copyable={{ text: link, tooltips: [both("copy"), both("copied")] }}>
            {link}
          </Typography.Text>
        )
      }
    />
  );
}

interface TableProps {
  accounts: readonly Account[];
  onAct: (account: Account, action: Action) => void;
}

function AccountTable({ accounts, onAct }: TableProps) {
  const say = useText(words);
  const both = useText(common);
  const sayRole = useText(roles);
  const isAction = (word: string): word is Action => (ACTIONS as readonly string[]).includes(word);
  return (
    <div className="card table-scroll">
      <table className="plain-table card-rows">
        <thead>
          <tr>
            <th scope="col">{say("name")}</th>
            <th scope="col">{say("role")}</th>
            <th scope="col">{say("unit")}</th>
            <th scope="col">{say("region")}</th>
            <th scope="col">{say("state")}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.id}>
              <th scope="row">
                {account.display_name} <small>{account.username}</small>
                {account.is_own ? <small>{say("own")}</small> : null}
                <small className="staff-number">
                  {say("number")}{" "}
                  <Typography.Text copyable={{ tooltips: [both("copy"), both("copied")] }}>
                    {account.id}
                  </Typography.Text>
                </small>
              </th>
              <td data-label={say("role")}>{sayRole(account.role)}</td>
              <td data-label={say("unit")}>{account.organisation_name}</td>
              <td data-label={say("region")} className="whole">
                {account.region_name}
              </td>
              <td data-label={say("state")} className="whole">
                {say(account.state)}
              </td>
              <td className="staff-do">
                {account.legal_actions.filter(isAction).map((action) => (
                  <Button
                    key={action}
                    size="small"
                    danger={action === "disable"}
                    onClick={() => onAct(account, action)}
                  >
                    {say(action)}
                  </Button>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
