import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { type AdminComponents, formatInstant, stages, word } from "@yidiantong/client";
import { App, Button } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { chinaYear, useCaseNow } from "../../lib/time";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { timerWords as words } from "./words";

type Timer = AdminComponents["schemas"]["DeadTimerView"];
type Page = AdminComponents["schemas"]["Page_DeadTimerView"];

const TIMERS = "/api/v1/admin/dead-timers";

/** The clocks that stopped, below the letters that did not go: one place for what the machine could not do. */
export function Timers() {
  const say = useText(words);
  const both = useText(common);
  const found = useInfiniteQuery({
    queryKey: ["get", TIMERS],
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const query = { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) };
      const { data } = await adminApi.GET(TIMERS, { params: { query }, signal });
      return data ?? { items: [], next_cursor: null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
  return (
    <section aria-labelledby="dead-timers">
      <h2 id="dead-timers">{say("title")}</h2>
      <p className="quiet">{say("lead")}</p>
      {found.isPending ? <PageLoading rows={2} /> : null}
      {found.error === null ? null : (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data?.length === 0 ? <p className="quiet">{say("none")}</p> : null}
      {found.data === undefined || found.data.length === 0 ? null : <Table timers={found.data} />}
      {found.hasNextPage ? (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {both("more")}
        </Button>
      ) : null}
    </section>
  );
}

function Table({ timers }: { timers: readonly Timer[] }) {
  const say = useText(words);
  return (
    <div className="card table-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            {(["stage", "due", "attempts", "last_error"] as const).map((name) => (
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
          {timers.map((timer) => (
            <Row key={`${timer.id} ${timer.stage} ${timer.round}`} timer={timer} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ timer }: { timer: Timer }) {
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
      await adminApi.POST(`${TIMERS}/{id}/retry`, { params: { path: { id: timer.id } } });
      message.success(say("gone"));
      await queries.invalidateQueries({ queryKey: ["get", TIMERS] });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };

  return (
    <tr>
      <th scope="row">{word(stages, timer.stage, language)}</th>
      <td>{formatInstant(timer.due_at, language, year)}</td>
      <td>{say("times", { n: timer.attempts })}</td>
      <td className="words">{timer.last_error ?? say("no_error")}</td>
      <td>
        <SendButton size="small" loading={busy} onClick={() => void retry()}>
          {say("retry")}
        </SendButton>
        {error === null ? null : <ProblemAlert error={error} />}
      </td>
    </tr>
  );
}
