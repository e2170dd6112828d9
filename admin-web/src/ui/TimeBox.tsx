// The box that says how a case stands for time: light, words, the day it is due.
import { lights, word } from "@yidiantong/client";
import type { CaseView } from "../lib/cases";
import { useLanguage, useText } from "../lib/i18n";
import { chinaYear } from "../lib/time";
import { Light } from "./Light";
import { Meter } from "./TimeLeft";
import { timeLeft } from "./timeLeft";
import { uiWords } from "./words";

export function TimeBox({ view, now }: { view: CaseView; now: number }) {
  const language = useLanguage();
  const say = useText(uiWords);
  const left = timeLeft(view, now, language, chinaYear(now));
  const answered = view.state === "answered";
  // The words of a late clock begin with the light's own.
  const saysLate = view.light === "red" && left.late && !answered;
  return (
    <div className={`time-box time-left ${view.light ?? "none"}`}>
      <p className="time-words">
        <Light light={view.light} size={22} silent />
        <span>
          {view.light == null || saysLate ? null : (
            <span className="light-word">{word(lights, view.light, language)}</span>
          )}{" "}
          {answered ? say("waits_rating") : left.text}
        </span>
      </p>
      {left.gone === null ? null : <Meter gone={left.gone} />}
      {left.detail === null ? null : <p className="time-detail">{left.detail}</p>}
    </div>
  );
}
