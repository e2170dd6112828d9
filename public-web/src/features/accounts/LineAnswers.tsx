// What was answered to everybody about one entry, beside that entry and asked for when it is opened.
import { useState } from "preact/hooks";
import { useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { type Disclosure, type Line, readAnswersAbout } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { PublishedAnswer } from "../../ui/PublishedAnswer";
import { Loaded } from "../../ui/states";
import { words } from "./words";

interface LineAnswersProps {
  line: Line;
  ledger: Disclosure;
  /** Open from the start: somebody came for them. */
  shown?: boolean;
}

export function LineAnswers({ line, ledger, shown = false }: LineAnswersProps) {
  const say = useWords(words);
  const [open, setOpen] = useState(shown);
  if (line.answered_question_count === 0) return null;
  return (
    <details class="fold answers" open={shown} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{say.answered(line.answered_question_count)}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>{open ? <Answers line={line} ledger={ledger} /> : null}</div>
    </details>
  );
}

function Answers({ line, ledger }: LineAnswersProps) {
  const code = ledger.region_code;
  const answers = useLoad(() => readAnswersAbout(code, line.id), [code, line.id]);
  return (
    <Loaded of={answers} lines={2}>
      {({ items }) => (
        <ul class="notes">
          {items.map((answer) => (
            <li key={answer.id}>
              <PublishedAnswer answer={answer} now={ledger.version} />
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}
