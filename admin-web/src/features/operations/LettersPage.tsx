import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { type AdminComponents, formatInstant } from "@yidiantong/client";
import { App, Button } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { administers, useStaff } from "../../lib/session";
import { chinaYear, useCaseNow } from "../../lib/time";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { Timers } from "./Timers";
import { letterWords as words } from "./words";

type Letter = AdminComponents["schemas"]["DeadLetterView"];
type Page = AdminComponents["schemas"]["Page_DeadLetterView"];

const LETTERS = "/api/v1/admin/dead-letters";

export function Component() {
  return administers(useStaff().role) ? <Letters /> : <Forbidden />;
}

function Letters() {
  const say = useText(words);
  const both = useText(common);
  const found = useInfiniteQuery({
    queryKey: ["get", LETTERS],
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const query = { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) };
      const { data } = await adminApi.GET(LETTERS, { params: { query }, signal });
      return data ?? { items: [], next_cursor: null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")} />
      {found.isPending ? <PageLoading rows={4} /> : null}
      {found.error === null ? null : (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data?.length === 0 ? <p className="quiet">{say("none")}</p> : null}
      {found.data === undefined || found.data.length === 0 ? null : <Table letters={found.data} />}
      {found.hasNextPage ? (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {both("more")}
        </Button>
      ) : null}
      <Timers />
    </div>
  );
}

function Table({ letters }: { letters: readonly Letter[] }) {
  const say = useText(words);
  return (
    <div className="card table-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            {(["reader", "template", "written", "attempts", "last_error"] as const).map((name) => (
              <th key={name} scope="col">
                {say(name)}
              </th>
            ))}
            <th scope="col">
              <span className="unseen">{say("retry")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {letters.map((letter) => (
            <Row key={letter.id} letter={letter} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ letter }: { letter: Letter }) {
  const say = useText(words);
  const language = useLanguage();
  const year = chinaYear(useCaseNow(60_000));
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const retry = async () => {
    setBusy(true);
    setError(null);
    try {
      await adminApi.POST(`${LETTERS}/{id}/retry`, { params: { path: { id: letter.id } } });
      message.success(say("sent"));
      await queries.invalidateQueries({ queryKey: ["get", LETTERS] });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };

  return (
    <tr>
      <th scope="row">{letter.reader ?? say("unknown_reader")}</th>
      <td>{isKind(letter.template) ? say(letter.template) : letter.template}</td>
      <td>{formatInstant(letter.created_at, language, year)}</td>
      <td>{say("times", { n: letter.attempts })}</td>
      <td className="words">{letter.last_error}</td>
      <td>
        <SendButton size="small" loading={busy} onClick={() => void retry()}>
          {say("retry")}
        </SendButton>
        {error === null ? null : <ProblemAlert error={error} />}
      </td>
    </tr>
  );
}

const KINDS = [
  "above",
  "climbed",
  "dispatched",
  "filed",
  "nobody",
  "proposal",
  "red",
  "remind",
  "supervised",
  "warn",
] as const;
/** A newer server may write letters that this page has no word for. */
const isKind = (template: string): template is (typeof KINDS)[number] =>
  KINDS.some((kind) => kind === template);
