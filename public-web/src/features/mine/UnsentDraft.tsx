// What was begun and is not handed in.
import { useState } from "preact/hooks";
import { eraseDraft, hasWords, useDraft, useDraftKept } from "../../lib/draft";
import { useWords } from "../../lib/i18n";
import { Button, ButtonLink, Section } from "../../ui/parts";
import { Sure } from "../../ui/Sure";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

const SHOWN = 60;

function excerpt(text: string): string {
  const signs = Array.from(text.trim());
  return signs.length > SHOWN ? `${signs.slice(0, SHOWN).join("")}…` : signs.join("");
}

export function UnsentDraft() {
  const say = useWords(words);
  const draft = useDraft();
  const kept = useDraftKept();
  const [sure, setSure] = useState(false);
  if (!hasWords(draft)) return null;
  return (
    <Section id="draft" title={say.draft}>
      <div class="card padded">
        <p class="excerpt">
          <Zh>{excerpt(draft.text)}</Zh>
        </p>
        <p class="cap">
          {draft.sent.length > 0 ? say.draftSent : say.draftNote}
          {kept === true ? "" : ` ${say.draftMemory}`}
        </p>
        {sure ? (
          <Sure
            question={say.dropDraftAsk}
            yes={say.yes}
            no={say.no}
            onYes={() => {
              eraseDraft();
              document.getElementById("text")?.focus();
            }}
            onNo={() => setSure(false)}
          />
        ) : (
          <div class="buttons">
            <ButtonLink href="/new">{say.goOn}</ButtonLink>
            <Button look="quiet" onClick={() => setSure(true)}>
              {say.dropDraft}
            </Button>
          </div>
        )}
      </div>
    </Section>
  );
}
