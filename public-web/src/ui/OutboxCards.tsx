// What was submitted on this phone: not handed in yet, refused, or handed in with a receipt nobody has looked at. Said
// plainly each time, with what may be done about it.
import { useEffect, useState } from "preact/hooks";
import { showArrived } from "../lib/filed";
import { useLanguage, useWords } from "../lib/i18n";
import { moment } from "../lib/moment";
import { go } from "../lib/navigate";
import { deliver, discard, giveBack, isWritingAnother, type Letter, look, useLetters } from "../lib/outbox";
import type { ProblemKind } from "../lib/problem";
import { Icon } from "./Icon";
import { words } from "./outboxWords";
import { Button } from "./parts";
import { Sure } from "./Sure";
import { Zh } from "./Zh";
import "./outbox.css";

const SHOWN = 40;
/** After these the request may have been taken: only its answer is missing. */
const UNSURE: ReadonlySet<ProblemKind> = new Set(["unreachable", "timeout", "server"]);

export function excerpt(text: string, most = SHOWN): string {
  const signs = Array.from(text.trim());
  return signs.length > most ? `${signs.slice(0, most).join("")}…` : signs.join("");
}

export function OutboxCards() {
  const say = useWords(words);
  const letters = useLetters();
  useEffect(() => void look(), []);
  if (letters.length === 0) return null;
  return (
    <section class="outbox" aria-label={say.region}>
      {letters.map((one) =>
        one.receipt === null ? (
          <Waits key={one.draft.key} letter={one} />
        ) : (
          <Came key={one.draft.key} receipt={one.receipt} />
        ),
      )}
    </section>
  );
}

function Came({ receipt }: { receipt: NonNullable<Letter["receipt"]> }) {
  const say = useWords(words);
  return (
    <div class="notice good letter" role="status">
      <Icon name="check" />
      <div>
        <h2>{say.handedIn(receipt.number)}</h2>
        <p>{say.handedInHint}</p>
        <div class="buttons">
          <Button look="plain" onClick={() => showArrived(receipt.code, receipt.earlier)}>
            {say.seeCode}
          </Button>
        </div>
      </div>
    </div>
  );
}

function Waits({ letter }: { letter: Letter }) {
  const say = useWords(words);
  const language = useLanguage();
  const [sure, setSure] = useState(false);
  const [told, setTold] = useState("");
  const { draft, sending, refused, problem, pressed } = letter;
  const { key } = draft;
  const busy = sending !== null;
  const now = () => {
    if (!busy) deliver(key).catch(() => undefined);
  };
  const change = async () => {
    if (isWritingAnother(key)) return setTold(say.another);
    if ((await giveBack(key)) !== null) go("/new");
  };
  // Something was sent and nothing came back: nobody here knows whether it arrived.
  const unsure = problem !== null && UNSURE.has(problem.kind) && draft.sent.length > 0;
  const notYet = unsure ? say.unsure : say.notYet;
  const why = problem === null ? "" : say.why[problem.kind];
  return (
    <div class={`notice letter ${refused === null ? "wait" : "bad"}`}>
      <Icon name={refused === null ? "clock" : "warn"} />
      <div>
        <h2>{busy ? say.sending : refused === null ? notYet : say.refused}</h2>
        <p class="excerpt">
          <Zh>{excerpt(draft.text) || say.noWords}</Zh>
        </p>
        <p class="cap">{say.pressed(moment(pressed, language))}</p>
        <div role="status">
          {busy && sending.photo > 0 ? <p>{say.photo(sending.photo, draft.photos.length)}</p> : null}
          {busy ? null : refused === null ? (
            <p>
              {why} {unsure ? say.maybe : say.here}
            </p>
          ) : (
            <p>{refused}</p>
          )}
          {told === "" ? null : <p class="strong">{told}</p>}
        </div>
        {sure ? (
          <Sure
            question={unsure ? say.dropAskUnsure : say.dropAsk}
            more={unsure ? [say.dropUnsure] : []}
            yes={say.dropYes}
            no={say.dropNo}
            onYes={() => {
              void discard(key);
              document.getElementById("text")?.focus();
            }}
            onNo={() => setSure(false)}
          />
        ) : (
          <div class="buttons">
            {refused === null ? (
              <Button look="plain" aria-disabled={busy} onClick={now}>
                {busy ? say.wait : say.sendNow}
              </Button>
            ) : null}
            <Button look="quiet" disabled={busy} onClick={change}>
              {say.change}
            </Button>
            <Button look="quiet" disabled={busy} onClick={() => setSure(true)}>
              {say.drop}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
