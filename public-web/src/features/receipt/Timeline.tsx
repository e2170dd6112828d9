// What has happened, what is happening, what comes.
import { formatInstant } from "@yidiantong/client";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { levelOfRung } from "../../lib/levels";
import { Hidden } from "../../ui/parts";
import { Zh } from "../../ui/Zh";
import { dueOf } from "./due";
import { placeOf } from "./places";
import { stepWords } from "./stepWords";
import { type Entry, hasClimbed, type StepName, timeline } from "./timeline";
import type { Case } from "./useCase";
import { withPlainDays } from "./why";
import { type ReceiptWords, words } from "./words";

/** A tick, a ring with its heart, an empty ring. */
function Mark({ phase }: { phase: Entry["phase"] }) {
  return (
    <svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
      {phase === "done" ? (
        <>
          <circle cx="14" cy="14" r="13" class="fill" />
          <path d="m8 14.5 4 4 8-9" class="tick" />
        </>
      ) : (
        <circle cx="14" cy="14" r="11.5" class={phase === "now" ? "ring" : "ring grey"} />
      )}
      {phase === "now" ? <circle cx="14" cy="14" r="5.5" class="fill" /> : null}
    </svg>
  );
}

export function Timeline({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const late = dueOf(open.view, open.around.now)?.urgency === "late";
  return (
    <section class="card timeline" aria-labelledby="timeline">
      <h2 id="timeline">{say.timeline}</h2>
      <ol>
        {timeline(open.view).map((entry) => (
          <li
            key={entry.phase === "coming" ? entry.step : entry.seq}
            class={entry.phase}
            aria-current={entry.phase === "now" ? "step" : undefined}
          >
            <Mark phase={entry.phase} />
            <div>
              <b>{titleOf(entry, open, say, language)}</b>
              {entry.phase === "coming" ? <Hidden>（{say.coming}）</Hidden> : null}
              <When entry={entry} late={late} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function When({ entry, late }: { entry: Entry; late: boolean }) {
  const say = useWords(words);
  const language = useLanguage();
  if (entry.phase === "coming") {
    return entry.dueDate === null ? null : (
      <p class="cap">{(late ? say.wasBy : say.by)(day(entry.dueDate, language))}</p>
    );
  }
  return (
    <>
      <p class="cap">{formatInstant(entry.at, language, new Date().getFullYear())}</p>
      <StepNote step={entry.step} note={entry.note} />
    </>
  );
}

/** The steps that the program takes by itself: its hint says in plain words what its note says for the files. */
const BY_ITSELF: readonly string[] = ["supplement_lapsed", "rate_lapsed", "unmerge"];

/** What more there is to say of a step: what it means, and what was written to the villager with it. */
export function StepNote({ step, note }: { step: StepName; note: string | null }) {
  const say = useWords(words);
  const { hints } = useWords(stepWords);
  const language = useLanguage();
  const hint = hints[step];
  const written = hint !== undefined && BY_ITSELF.includes(step) ? null : note;
  return (
    <>
      {hint === undefined ? null : <p class="cap">{hint}</p>}
      {written === null ? null : (
        <p class="note">
          {say.noteOf[step] ?? null}
          <Zh>
            {step === "calendar_changed" ? withPlainDays(written, (date) => day(date, language)) : written}
          </Zh>
        </p>
      )}
    </>
  );
}

function titleOf(entry: Entry, open: Case, say: ReceiptWords, language: "zh" | "en"): string {
  if (entry.phase === "coming") {
    return entry.step === "answer" && open.view.round > 1 ? say.answerAgain : say.comingSteps[entry.step];
  }
  const { view, around } = open;
  // Who received it is known for sure only while it has not moved.
  if (entry.step === "file" && !hasClimbed(view)) {
    return say.receivedBy(placeOf(around, levelOfRung(view.level), language));
  }
  return stepWords[language].steps[entry.step];
}
