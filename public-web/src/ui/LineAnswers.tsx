// What was answered to everybody about one entry, beside that entry and asked for when it is opened.
import { useState } from "preact/hooks";
import { useWords } from "../lib/i18n";
import { useLoad } from "../lib/load";
import { type Disclosure, readAnswersAbout } from "../lib/reads";
import { Icon } from "./Icon";
import { PublishedAnswer } from "./PublishedAnswer";
import { Loaded } from "./states";
import "./lineAnswers.css";

const words = {
  zh: { answered: (count: number) => `有 ${count} 个公开答复` },
  en: { answered: (count: number) => (count === 1 ? "1 public answer" : `${count} public answers`) },
};

interface LineAnswersProps {
  line: { id: string; answered_question_count: number };
  of: Disclosure;
  /** Open from the start: somebody came for them. */
  shown?: boolean;
}

export function LineAnswers({ line, of, shown = false }: LineAnswersProps) {
  const say = useWords(words);
  const [open, setOpen] = useState(shown);
  if (line.answered_question_count === 0) return null;
  return (
    <details class="fold line-answers" open={shown} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{say.answered(line.answered_question_count)}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>{open ? <Answers line={line} of={of} /> : null}</div>
    </details>
  );
}

function Answers({ line, of }: LineAnswersProps) {
  const code = of.region_code;
  const answers = useLoad(() => readAnswersAbout(code, line.id), [code, line.id]);
  return (
    <Loaded of={answers} lines={2}>
      {({ items }) => (
        <ul class="notes">
          {items.map((answer) => (
            <li key={answer.id}>
              <PublishedAnswer answer={answer} now={of.version} />
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}
