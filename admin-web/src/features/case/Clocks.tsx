import { formatDay, stages, word } from "@yidiantong/client";
import { Button } from "antd";
import { useState } from "react";
import type { CaseView, TimerView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { Explain } from "./Explain";
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
  const [asked, setAsked] = useState<TimerView | null>(null);
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
            <th scope="col">
              <span className="unseen">{say("explain")}</span>
            </th>
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
                <td>
                  <Button
                    type="link"
                    size="small"
                    aria-label={say("explain_of", { stage: word(stages, timer.stage, language) })}
                    onClick={() => setAsked(timer)}
                  >
                    {say("explain")}
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {asked === null ? null : (
        <Explain id={view.id} timer={asked} year={year} onClose={() => setAsked(null)} />
      )}
    </section>
  );
}
