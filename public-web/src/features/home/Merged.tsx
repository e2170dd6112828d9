// A village that is no more: what was published here stays, and what is new stands with the village it became.
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import type { Region } from "../../lib/reads";
import { ButtonLink, Notice } from "../../ui/parts";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

export function Merged({ village }: { village: Region }) {
  const say = useWords(words);
  const language = useLanguage();
  const { valid_until: until, successor } = village;
  if (until == null) return null;
  const when = day(until, language);
  return (
    <div class="merged">
      <Notice tone="wait" icon="info" title={say.ended(when)}>
        <p>{say.endedHint}</p>
        {successor == null ? null : (
          <p class="after">
            <ButtonLink href={`/v/${successor.code}`}>
              <Zh>{say.successor(successor.short_name)}</Zh>
            </ButtonLink>
          </p>
        )}
      </Notice>
    </div>
  );
}
