// What was answered to everybody about one entry, beside that entry and asked for when it is opened.
import { useState } from "preact/hooks";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { type Line, readAnswersAbout } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

export function LineAnswers({ line, code }: { line: Line; code: string }) {
  const say = useWords(words);
  const [open, setOpen] = useState(false);
  if (line.answered_question_count === 0) return null;
  return (
    <details class="fold answers" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{say.answered(line.answered_question_count)}</span>
        <Icon name="down" size={1.2} />
      </summary>
      <div>{open ? <Answers line={line} code={code} /> : null}</div>
    </details>
  );
}

function Answers({ line, code }: { line: Line; code: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const answers = useLoad(() => readAnswersAbout(code, line.id), [code, line.id]);
  return (
    <Loaded of={answers} lines={2}>
      {({ items }) => (
        <ul class="notes">
          {items.map((answer) => (
            <li key={answer.id}>
              <p class="cap">
                {say.answeredOn(day(answer.published_at, language))}
                {answer.about ? ` · ${say.version(answer.about.version)}` : null}
              </p>
              <p>
                <Zh>{answer.answer}</Zh>
              </p>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}
