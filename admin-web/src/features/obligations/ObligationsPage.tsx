import { useInfiniteQuery } from "@tanstack/react-query";
import { type AdminComponents, formatDay, obligationStatuses, word } from "@yidiantong/client";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { adminApi } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { readsObligations, recordsEvents, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { RegionSelect } from "../../ui/RegionSelect";
import { EventForm } from "./EventForm";
import { ObligationsTable } from "./ObligationsTable";
import { isCounted } from "./striking";
import { words } from "./words";

type Page = AdminComponents["schemas"]["ObligationsView"];
type Status = AdminComponents["schemas"]["ObligationStatus"];

const ADDRESS = "/api/v1/admin/obligations";
const STATUSES = Object.keys(obligationStatuses) as Status[];

interface Wanted {
  region?: string;
  status?: Status;
  period?: string;
}

export function Component() {
  return readsObligations(useStaff().role) ? <Obligations /> : <Forbidden />;
}

function Obligations() {
  const say = useText(words);
  const both = useText(common);
  const language = useLanguage();
  const { role } = useStaff();
  const [wanted, setWanted] = useState<Wanted>({});
  const [recording, setRecording] = useState(false);
  const [recorded, setRecorded] = useState<{ title: string; due: string } | null>(null);
  const found = useInfiniteQuery({
    queryKey: ["get", ADDRESS, wanted],
    queryFn: async ({ pageParam, signal }): Promise<Page | null> => {
      const query = { ...wanted, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) };
      const { data } = await adminApi.GET(ADDRESS, { params: { query }, signal });
      return data ?? null;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });
  const pages = (found.data?.pages ?? []).filter((page) => page !== null);
  const first = pages[0];
  const items = pages.flatMap((page) => page.items);
  const change = (part: Wanted) => setWanted((before) => ({ ...before, ...part }));
  const village = (first?.regions ?? []).filter((one) => one.taking_part > 0);
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")}>
        {recordsEvents(role) && !recording ? (
          <Button type="primary" onClick={() => setRecording(true)}>
            {say("record")}
          </Button>
        ) : null}
        <Link to="/catalogue">{say("catalogue")}</Link>
      </PageHead>
      {recorded === null ? null : (
        <p role="status">{say("recorded", { title: recorded.title, due: recorded.due })}</p>
      )}
      {recording ? (
        <EventForm
          onClose={(made) => {
            setRecording(false);
            setRecorded(
              made === null ? null : { title: made.title, due: formatDay(made.due_date, language) },
            );
          }}
        />
      ) : null}
      <Form layout="vertical" className="card" aria-label={say("title")}>
        <div className="three-columns">
          <Form.Item label={say("region")} htmlFor="obligations-region">
            <RegionSelect
              id="obligations-region"
              levels={["village", "township", "county"]}
              value={wanted.region ?? null}
              onChange={(region) => change({ region })}
            />
          </Form.Item>
          <Form.Item label={say("status")} htmlFor="obligations-status">
            <Select
              id="obligations-status"
              value={wanted.status ?? ""}
              onChange={(status: Status | "") =>
                setWanted(({ status: _, ...rest }) => (status === "" ? rest : { ...rest, status }))
              }
              options={[
                { value: "" as const, label: both("all") },
                ...STATUSES.map((status) => ({
                  value: status,
                  label: word(obligationStatuses, status, language),
                })),
              ]}
            />
          </Form.Item>
          <Form.Item label={say("period")} htmlFor="obligations-period">
            <Input.Search
              id="obligations-period"
              allowClear
              maxLength={7}
              onSearch={(typed) =>
                setWanted(({ period: _, ...rest }) =>
                  typed.trim() === "" ? rest : { ...rest, period: typed.trim() },
                )
              }
            />
          </Form.Item>
        </div>
      </Form>
      {found.isPending ? <PageLoading rows={6} /> : null}
      {found.error === null ? null : (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      )}
      {first === undefined ? null : (
        <>
          <dl className="tally" aria-label={say("counts")}>
            {STATUSES.filter(isCounted).map((status) => (
              <div key={status}>
                <dt>{word(obligationStatuses, status, language)}</dt>
                <dd>{first.counts[status]}</dd>
              </div>
            ))}
          </dl>
          {village.length === 0 ? null : (
            <p className="quiet">
              {say("taking_part", { n: village.reduce((sum, one) => sum + one.taking_part, 0) })}
            </p>
          )}
          {items.length === 0 ? (
            <p className="quiet" role="status">
              {say("none")}
            </p>
          ) : (
            <ObligationsTable rows={items} />
          )}
        </>
      )}
      {found.hasNextPage ? (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {both("more")}
        </Button>
      ) : null}
    </div>
  );
}
