import { formatDay, stages, word } from "@yidiantong/client";
import type { CaseView, TimerView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { words } from "./words";

interface Props {
  view: CaseView;
  year: number;
  now: number;
}

/** How a clock stands. A breach stays a breach, also when the work is done. */
export function standing(
  timer: TimerView,
  now: number,
): "clock_done" | "clock_done_late" | "clock_paused" | "clock_late" | "clock_running" {
  const late =
    timer.breached || (timer.stopped_at == null && !timer.paused && Date.parse(timer.due_at) <= now);
  if (timer.stopped_at != null) return late ? "clock_done_late" : "clock_done";
  if (timer.paused) return "clock_paused";
  return late ? "clock_late" : "clock_running";
}

export function Clocks({ view, year, now }: Props) {
  const say = useText(words);
  const language = useLanguage();
  if (view.timers.length === 0) return null;
  return (
    <section className="card" aria-labelledby="clocks">
      <h2 id="clocks">{say("clocks")}</h2>
      <table className="clocks">
        <thead>
          <tr>
            <th scope="col">{say("clock_stage")}</th>
            <th scope="col">{say("clock_due")}</th>
            <th scope="col">{say("clock_state")}</th>
          </tr>
        </thead>
        <tbody>
          {view.timers.map((timer) => {
            const how = standing(timer, now);
            return (
              <tr key={`${timer.stage} ${timer.round}`} className={how}>
                <th scope="row">
                  {word(stages, timer.stage, language)}
                  {timer.round > 1 ? <small>{say("round", { n: timer.round })}</small> : null}
                </th>
                <td>
                  {formatDay(timer.due_date, language, year)}
                  {timer.provisional ? <small>{say("provisional")}</small> : null}
                </td>
                <td>{say(how)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
