// Something is missing: what was asked, until when, and the field for it.
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { Card } from "../../ui/parts";
import { Zh } from "../../ui/Zh";
import { photosLeft } from "./Photos";
import { running } from "./timeline";
import type { Case } from "./useCase";
import { WordsForm } from "./WordsForm";
import { words } from "./words";

export function SupplementForm({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const asked = open.view.events.filter((event) => event.action === "request_supplement").at(-1);
  const until = running(open.view, "supplement");
  return (
    <Card class="padded todo">
      <h2>{say.supplementTitle}</h2>
      {asked?.public_note ? (
        <>
          <p class="cap">{say.supplementAsked}</p>
          <blockquote>
            <Zh>{asked.public_note}</Zh>
          </blockquote>
        </>
      ) : null}
      {until === null ? null : <p class="cap">{say.supplementBy(day(until.due_date, language))}</p>}
      <WordsForm
        id="supplement"
        code={open.code}
        label={say.supplementLabel}
        button={say.supplementSend}
        look="main"
        most={4000}
        busy={open.busy}
        photos={photosLeft(open.view)}
        onSend={(text, attachments) => open.act({ action: "supplement", text, attachments })}
      />
    </Card>
  );
}
