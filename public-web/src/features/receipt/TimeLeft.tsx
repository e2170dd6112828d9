// How much time is left: by words, by the length of a bar, by shape and by colour.
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { Meter, Notice } from "../../ui/parts";
import { dueOf, leftWords, type Urgency } from "./due";
import { promised } from "./timeline";
import type { Case } from "./useCase";
import { Why } from "./Why";
import { words } from "./words";

const TONES: Record<Urgency, string> = { in_time: "good", soon: "wait", late: "bad" };

/** Round, pointed, eight-cornered: told apart without any colour. */
function Shape({ urgency }: { urgency: Urgency }) {
  const path = {
    in_time: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z",
    soon: "M8 1.2 15.4 14.4H.6z",
    late: "M5 1h6l4 4v6l-4 4H5l-4-4V5z",
  }[urgency];
  return (
    <svg class="shape" viewBox="0 0 16 16" width="0.9rem" height="0.9rem" aria-hidden="true">
      <path d={path} fill="currentColor" />
    </svg>
  );
}

export function TimeLeft({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const due = dueOf(open.view, open.around.now);
  if (due === null) return null;
  const late = due.urgency === "late";
  const timer = promised(open.view);
  return (
    <section class="card padded timeleft" aria-labelledby="timeleft">
      <div class="ends">
        <h2 id="timeleft">{leftWords(due, say)}</h2>
        <span class={`tag ${TONES[due.urgency]}`}>
          <Shape urgency={due.urgency} />
          {say.urgency[due.urgency]}
        </span>
      </div>
      <Meter share={due.passed} colour={late ? 4 : due.urgency === "soon" ? 2 : 1} />
      <div class="ends cap">
        <span>{say.received(day(due.since, language))}</span>
        <span>
          {due.paused ? say.movesOn : say.answerBy(day(due.date, language))}
          {due.provisional ? <span class="tag tentative">{say.tentative}</span> : null}
        </span>
      </div>
      {due.provisional ? <p class="cap">{say.provisional}</p> : null}
      {open.view.supervised ? (
        <Notice tone="info">
          <p>{say.supervised}</p>
        </Notice>
      ) : null}
      {!late && open.view.light === "red" ? (
        <Notice tone="wait">
          <p>{say.stepLate}</p>
        </Notice>
      ) : null}
      {timer === null ? null : <Why open={open} timer={timer} />}
    </section>
  );
}
