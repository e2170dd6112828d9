import { useInfiniteQuery } from "@tanstack/react-query";
import type { AdminComponents } from "@yidiantong/client";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { asApiError, faultAt } from "../../lib/problem";
import { readsAudit, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { ActionSelect } from "./ActionSelect";
import { AuditTable } from "./AuditTable";
import { auditWords as words } from "./auditWords";

type Page = AdminComponents["schemas"]["Page_AuditView"];

const AUDIT = "/api/v1/admin/audit";

interface Wanted {
  case?: string;
  person?: string;
  action?: string;
  from?: string;
  until?: string;
}

export function Component() {
  return readsAudit(useStaff().role) ? <Audit /> : <Forbidden />;
}

/** What was filled in, and nothing that was left empty. */
const filled = (typed: Wanted): Wanted =>
  Object.fromEntries(
    Object.entries(typed)
      .map(([name, value]) => [name, (value ?? "").trim()])
      .filter(([, value]) => value !== ""),
  );

function Audit() {
  const say = useText(words);
  const both = useText(common);
  const [wanted, setWanted] = useState<Wanted>({});
  const found = useInfiniteQuery({
    queryKey: ["get", AUDIT, wanted],
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const query = { ...wanted, limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) };
      const { data } = await adminApi.GET(AUDIT, { params: { query }, signal });
      return data ?? { items: [], next_cursor: null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
  // The server takes an action that nobody ever did for a slip of the finger; here it was chosen from a list.
  const isNever = found.error !== null && faultAt(asApiError(found.error), "action") !== null;
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")} />
      <details className="card audit-proves">
        <summary>{say("proves_title")}</summary>
        <p>{say("proves")}</p>
        <p>{say("proves_not")}</p>
      </details>
      <Form<Wanted>
        layout="vertical"
        requiredMark={false}
        className="card page-form"
        aria-label={say("title")}
        onFinish={(typed) => setWanted(filled(typed))}
      >
        <div className="two-columns">
          <Form.Item name="case" label={say("case")} extra={say("case_hint")}>
            <Input autoComplete="off" maxLength={64} />
          </Form.Item>
          <Form.Item name="person" label={say("person")} extra={say("person_hint")}>
            <Input autoComplete="off" maxLength={64} />
          </Form.Item>
        </div>
        <div className="two-columns">
          <Form.Item name="from" label={say("from")}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="until" label={say("until")}>
            <Input type="date" />
          </Form.Item>
        </div>
        <Form.Item name="action" label={say("action")}>
          <ActionSelect />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={found.isFetching && !found.isFetchingNextPage}>
          {say("search")}
        </Button>
      </Form>
      {found.isPending ? <PageLoading rows={6} /> : null}
      {found.error === null || isNever ? null : (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data?.length === 0 || isNever ? (
        <p className="quiet" role="status">
          {say("none")}
        </p>
      ) : null}
      {found.data === undefined || found.data.length === 0 ? null : <AuditTable rows={found.data} />}
      {found.hasNextPage ? (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {both("more")}
        </Button>
      ) : null}
    </div>
  );
}
