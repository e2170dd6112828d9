// Why this day and no other: asked for, with the code that tells it, only when somebody wants to know.
import { useState } from "preact/hooks";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { Icon } from "../../ui/Icon";
import { Loaded } from "../../ui/states";
import { explain } from "./api";
import type { Timer } from "./timeline";
import type { Case } from "./useCase";
import { words } from "./words";

export function Why({ open, timer }: { open: Case; timer: Timer }) {
  const say = useWords(words);
  const language = useLanguage();
  const [shown, setShown] = useState(false);
  return (
    <details class="fold why" onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>
        <span>{say.whyDate(day(timer.due_date, language))}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>{shown ? <Details open={open} timer={timer} /> : null}</div>
    </details>
  );
}

function Details({ open, timer }: { open: Case; timer: Timer }) {
  const { stage, round, due_at: due } = timer;
  const load = useLoad(async () => {
    const [page, why] = await Promise.all([import("./WhyDetails"), explain(open.code, stage, round)]);
    return { Details: page.default, why };
  }, [stage, round, due]);
  return (
    <Loaded of={load} lines={3}>
      {({ Details: Drawn, why }) => <Drawn why={why} />}
    </Loaded>
  );
}
