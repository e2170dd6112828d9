import { actions, word } from "@yidiantong/client";
import { App } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import "../../styles/page.css";
import "../../styles/case.css";
import "../../styles/queue.css";
import { useLanguage, useText } from "../../lib/i18n";
import { useLine } from "../../lib/line";
import { asApiError } from "../../lib/problem";
import { queuePlace } from "../../lib/queuePlace";
import { useCaseNow } from "../../lib/time";
import type { FormAction } from "../../ui/acts/actionBody";
import { useMedia } from "../../ui/media";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import { ACTION_KEYS, firstAllowed } from "./actionKeys";
import { Behind } from "./Behind";
import { BulkBar } from "./BulkBar";
import { BulkDialog } from "./BulkDialog";
import { useHeld } from "./bulk";
import { ChangesStrip } from "./ChangesStrip";
import { Foot } from "./Foot";
import { DEFAULTS, stepped, writeFilters } from "./filters";
import { KeysHelp } from "./KeysHelp";
import { PreviewPane, useAhead } from "./PreviewPane";
import { QueueBar } from "./QueueBar";
import { QueueFilters } from "./QueueFilters";
import { QueueList } from "./QueueList";
import { QueueTable } from "./QueueTable";
import { useSettled } from "./settled";
import { Tiles } from "./Tiles";
import { Unreadable, unreadable } from "./Unreadable";
import { useKeys, useKeysWanted } from "./useKeys";
import { useCounts, useFilters, useQueue } from "./useQueue";
import { bringIntoSight } from "./useRows";
import { useSelection } from "./useSelection";
import { words } from "./words";

/** Nobody who stands this near to the top loses a place. */
const AT_TOP = 40;

export default function QueuePage() {
  const say = useText(words);
  const language = useLanguage();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const now = useCaseNow();
  const [filters, change] = useFilters();
  const queue = useQueue(filters);
  const counts = useCounts(filters);
  const [chosen, setChosen] = useState<string | null>(queuePlace.chosen);
  /** What is being done to the chosen case, in the pane. */
  const [doing, setDoing] = useState<FormAction | null>(null);
  const [bulk, setBulk] = useState<FormAction | null>(null);
  const selection = useSelection();
  const [help, setHelp] = useState(false);
  const [keysOn, setKeysOn] = useKeysWanted();
  const search = useRef<HTMLInputElement | null>(null);
  const body = useRef<HTMLTableSectionElement | null>(null);
  const roomy = useMedia("(min-width: 1200px)");
  const phone = useMedia("(max-width: 719px)");
  const { search: address } = useLocation();
  usePageTitle(say("title"));

  useEffect(() => queuePlace.seen(address), [address]);

  const isBusy = () => scrollY > AT_TOP || chosen !== null || selection.ids.size > 0;
  const view = writeFilters(filters);
  const settled = useSettled(view, queue.items, queue.hasNextPage, isBusy);
  const { rows, look } = settled;
  const ids = useMemo(() => rows.map((row) => row.item.id), [rows]);
  const shown = chosen !== null && ids.includes(chosen) ? chosen : null;
  const item = rows.find((row) => row.item.id === shown)?.item;
  useAhead(ids[shown === null ? 0 : ids.indexOf(shown) + 1]);
  const picked = rows.map((row) => row.item).filter(({ id }) => selection.ids.has(id));

  const choose = useCallback(
    (id: string | null) => {
      queuePlace.choose(id);
      setChosen(id);
      setDoing(null);
      if (id !== null) look(id);
    },
    [look],
  );
  const move = (step: 1 | -1): string | null => {
    const next = stepped(ids, shown, step);
    choose(next);
    if (next === null) return null;
    if (phone)
      document.querySelector(`[data-row-key="${CSS.escape(next)}"]`)?.scrollIntoView({ block: "nearest" });
    else bringIntoSight(body.current, ids.indexOf(next));
    return next;
  };
  const extend = (step: 1 | -1) => {
    const from = shown;
    const to = move(step);
    selection.add([from, to].filter((id) => id !== null));
  };
  const begin = (wanted: readonly FormAction[]) => {
    if (picked.length > 0) {
      const action = wanted.find((one) => picked.some((each) => each.allowed_actions.includes(one)));
      return setBulk(action ?? wanted[0] ?? null);
    }
    if (item === undefined) return;
    const action = firstAllowed(wanted, item.allowed_actions);
    if (action === null) {
      const named = word(actions, wanted[0] ?? "", language);
      message.info({ key: "queue-not-now", content: say("not_now", { action: named }) });
    } else if (roomy) setDoing(action);
    else void navigate(`/c/${item.id}?do=${action}`);
  };
  /** What was done is done: on to the next. */
  const onDone = () => {
    setDoing(null);
    if (ids.indexOf(shown ?? "") < ids.length - 1) move(1);
  };
  useKeys(
    {
      j: () => move(1),
      k: () => move(-1),
      "shift+j": () => extend(1),
      "shift+k": () => extend(-1),
      x: () => {
        if (shown !== null) selection.toggle(shown);
      },
      enter: () => {
        if (shown !== null) void navigate(`/c/${shown}`);
      },
      escape: () => {
        if (doing !== null) setDoing(null);
        else if (selection.ids.size > 0) selection.clear();
        else {
          choose(null);
          settled.accept();
        }
      },
      "/": () => search.current?.focus(),
      "?": () => setHelp(true),
      ...Object.fromEntries(
        ACTION_KEYS.map(([key, wanted]) => [key.toLowerCase(), () => begin(wanted)] as const),
      ),
    },
    keysOn,
  );

  // The rows are there still; only their being fresh is not.
  const { isRefetchError } = queue;
  const { cut } = useLine();
  useEffect(() => {
    // While the line is cut, the banner says so.
    if (isRefetchError && !cut) message.warning({ key: "queue-stale", content: say("stale") });
  }, [isRefetchError, cut, message, say]);

  // Called back, they are in the hand again.
  const held = useHeld();
  const waiting = useRef<readonly string[]>([]);
  const { add } = selection;
  useEffect(() => {
    if (held.phase === "none") add(waiting.current);
    waiting.current = held.phase === "waiting" ? held.wish.items.map(({ id }) => id) : [];
  }, [held, add]);

  const misread = queue.isLoadingError ? unreadable(asApiError(queue.error)) : [];
  const light = filters.light;
  const all = light === null ? counts.data?.total : counts.data?.[light as "red"];
  const everyone = () => selection.setAll(ids);
  const changes = <ChangesStrip arrived={settled.arrived} gone={settled.gone} onShow={settled.accept} />;
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
          <Behind filters={filters} total={counts.data?.total} />
        </div>
        {queue.isPending ? <PageLoading rows={12} /> : null}
        {queue.isLoadingError ? (
          <div className="queue-error">
            {misread.length > 0 ? (
              <Unreadable parts={misread} onClear={() => change(DEFAULTS)} />
            ) : (
              <ProblemAlert error={queue.error} onRetry={() => void queue.refetch()} />
            )}
          </div>
        ) : null}
        {queue.data === undefined ? null : phone ? (
          <>
            <QueueList rows={rows} now={now} filters={filters} />
            {changes}
          </>
        ) : (
          <QueueTable
            rows={rows}
            body={body}
            view={view}
            isBusy={isBusy}
            changes={changes}
            now={now}
            filters={filters}
            chosen={shown}
            selected={selection.ids}
            onChoose={choose}
            onSelect={selection.toggle}
            onSelectAll={everyone}
          />
        )}
        {queue.data === undefined ? null : <Foot queue={queue} all={all} />}
        {picked.length === 0 ? null : (
          <BulkBar items={picked} keysOn={keysOn} onAct={setBulk} onClear={selection.clear} />
        )}
        <p className="unseen" role="status">
          {settled.arrived === 0 ? "" : say("arrived", { n: settled.arrived })}
        </p>
        <p className="unseen" aria-live="polite">
          {item === undefined
            ? ""
            : `${say("place", { at: ids.indexOf(item.id) + 1, all: all ?? ids.length })} ${item.number} ${item.about_label ?? item.excerpt}`}
        </p>
      </section>
      {roomy ? (
        <PreviewPane
          item={item}
          at={shown === null ? null : ids.indexOf(shown) + 1}
          all={all ?? ids.length}
          now={now}
          doing={doing}
          keysOn={keysOn}
          onDo={setDoing}
          onDone={onDone}
          onClose={() => choose(null)}
        />
      ) : null}
      {bulk === null ? null : (
        <BulkDialog
          action={bulk}
          items={picked}
          now={now}
          onDone={selection.drop}
          onClose={() => setBulk(null)}
        />
      )}
      <KeysHelp open={help} onClose={() => setHelp(false)} on={keysOn} setOn={setKeysOn} />
    </div>
  );
}
