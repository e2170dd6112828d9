import { App } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import "../../styles/queue.css";
import { useText } from "../../lib/i18n";
import { queuePlace } from "../../lib/queuePlace";
import { useCaseNow } from "../../lib/time";
import { useMedia } from "../../ui/media";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import { stepped } from "./filters";
import { KeysHelp } from "./KeysHelp";
import { PreviewPane } from "./PreviewPane";
import { QueueBar } from "./QueueBar";
import { QueueFilters } from "./QueueFilters";
import { QueueList } from "./QueueList";
import { QueueTable } from "./QueueTable";
import { Tiles } from "./Tiles";
import { useKeys, useKeysWanted } from "./useKeys";
import { useCounts, useFilters, useQueue } from "./useQueue";
import { words } from "./words";

export default function QueuePage() {
  const say = useText(words);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const now = useCaseNow();
  const [filters, change] = useFilters();
  const queue = useQueue(filters);
  const counts = useCounts(filters);
  const [chosen, setChosen] = useState<string | null>(queuePlace.chosen);
  const [help, setHelp] = useState(false);
  const [keysOn, setKeysOn] = useKeysWanted();
  const search = useRef<HTMLInputElement | null>(null);
  const roomy = useMedia("(min-width: 1200px)");
  const phone = useMedia("(max-width: 719px)");
  const { search: address } = useLocation();
  usePageTitle(say("title"));

  useEffect(() => queuePlace.seen(address), [address]);

  const { items } = queue;
  const ids = useMemo(() => items.map((item) => item.id), [items]);
  const shown = chosen !== null && ids.includes(chosen) ? chosen : null;

  const choose = (id: string | null) => {
    queuePlace.choose(id);
    setChosen(id);
  };
  const move = (step: 1 | -1) => {
    const next = stepped(ids, shown, step);
    choose(next);
    if (next === null) return;
    document.querySelector(`[data-row-key="${CSS.escape(next)}"]`)?.scrollIntoView({ block: "nearest" });
  };
  useKeys(
    {
      j: () => move(1),
      k: () => move(-1),
      enter: () => {
        if (shown !== null) void navigate(`/c/${shown}`);
      },
      escape: () => choose(null),
      "/": () => search.current?.focus(),
      "?": () => setHelp(true),
    },
    keysOn,
  );

  // The rows are there still; only their being fresh is not.
  const { isRefetchError } = queue;
  useEffect(() => {
    if (isRefetchError) message.warning({ key: "queue-stale", content: say("stale") });
  }, [isRefetchError, message, say]);

  const light = filters.light;
  const all = light === null ? counts.data?.total : counts.data?.[light as "red"];
  const item = items.find((each) => each.id === shown);
  return (
    <div className={roomy ? "queue roomy" : "queue"}>
      <section className="queue-main">
        <QueueBar
          filters={filters}
          change={change}
          search={search}
          now={now}
          keysOn={keysOn}
          onHelp={() => setHelp(true)}
        />
        <div className="queue-top">
          <Tiles counts={counts.data} chosen={light} onChoose={(next) => change({ light: next })} />
          <QueueFilters filters={filters} change={change} />
        </div>
        {queue.isPending ? <PageLoading rows={12} /> : null}
        {queue.isLoadingError ? (
          <div className="queue-error">
            <ProblemAlert error={queue.error} onRetry={() => void queue.refetch()} />
          </div>
        ) : null}
        {queue.data === undefined ? null : phone ? (
          <QueueList queue={queue} now={now} all={all} filters={filters} />
        ) : (
          <QueueTable queue={queue} now={now} all={all} filters={filters} chosen={shown} onChoose={choose} />
        )}
        <p className="unseen" aria-live="polite">
          {item === undefined
            ? ""
            : `${ids.indexOf(item.id) + 1} / ${ids.length} ${item.number} ${item.about_label ?? item.excerpt}`}
        </p>
      </section>
      {roomy ? (
        <PreviewPane
          id={shown}
          at={shown === null ? null : ids.indexOf(shown) + 1}
          all={all ?? ids.length}
          now={now}
          onClose={() => choose(null)}
        />
      ) : null}
      <KeysHelp open={help} onClose={() => setHelp(false)} on={keysOn} setOn={setKeysOn} />
    </div>
  );
}
