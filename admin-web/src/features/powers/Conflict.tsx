// Somebody else has saved the same draft meanwhile. Nothing of either is lost: both stand side by side, and whoever
// comes later chooses.
import type { AdminComponents } from "@yidiantong/client";
import { Alert } from "antd";
import { useEffect, useRef } from "react";
import { useText } from "../../lib/i18n";
import { SendButton } from "../../ui/SendButton";
import { Compare } from "./Compare";
import type { Item } from "./item";
import { words } from "./words";

type Draft = AdminComponents["schemas"]["PowerDraftView"];

interface Props {
  theirs: Draft;
  mine: Item;
  busy: boolean;
  onTheirs: () => void;
  onMine: () => void;
}

export function Conflict({ theirs, mine, busy, onTheirs, onMine }: Props) {
  const say = useText(words);
  const card = useRef<HTMLElement>(null);
  useEffect(() => card.current?.focus(), []);
  return (
    <section className="card" aria-label={say("conflict")} tabIndex={-1} ref={card}>
      <Alert type="warning" showIcon role="alert" title={say("conflict")} description={say("conflict_do")} />
      {theirs.item == null ? null : (
        <Compare before={theirs.item} after={mine} heads={[say("conflict_theirs"), say("conflict_mine")]} />
      )}
      <div className="action-end">
        <SendButton type="primary" loading={busy} onClick={onMine}>
          {say("conflict_keep_mine")}
        </SendButton>
        <SendButton disabled={busy} onClick={onTheirs}>
          {say("conflict_take_theirs")}
        </SendButton>
      </div>
    </section>
  );
}
