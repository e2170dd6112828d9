import type { QueueItem } from "../lib/cases";
import { useLanguage } from "../lib/i18n";
import { chinaYear } from "../lib/time";
import { Light } from "./Light";
import { timeLeft } from "./timeLeft";

interface Props {
  item: Pick<QueueItem, "timers" | "next_working_days_left" | "light">;
  /** Case time. */
  now: number;
}

/** Light, words and a bar of the time that is gone. */
export function TimeLeft({ item, now }: Props) {
  const language = useLanguage();
  const left = timeLeft(item, now, language, chinaYear(now));
  return (
    <span className={`time-left ${item.light ?? "none"}`} title={left.detail ?? undefined}>
      <span className="time-words">
        <Light light={item.light} />
        <span>{left.text}</span>
      </span>
      {left.gone === null ? null : <Meter gone={left.gone} />}
    </span>
  );
}

export function Meter({ gone }: { gone: number }) {
  return (
    <span className="meter" aria-hidden="true">
      <span style={{ width: `${Math.round(Math.max(0.03, gone) * 100)}%` }} />
    </span>
  );
}
