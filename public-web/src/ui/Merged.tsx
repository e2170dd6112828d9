// A village that is no more says so wherever somebody may come in: what was published stays, and what is new stands with
// the village it became.
import { day } from "../lib/format";
import { useLanguage, useWords } from "../lib/i18n";
import { useLoad } from "../lib/load";
import { type Region, readRegion } from "../lib/reads";
import { ButtonLink, Notice } from "./parts";
import { Zh } from "./Zh";

const words = {
  zh: {
    ended: (when: string) => `${when}以后，没有这个村了`,
    hint: "以前公布的账还在这里。以后的账、新的事，看合并后的村。",
    successor: (name: string) => `去${name}`,
  },
  en: {
    ended: (when: string) => `This village ended on ${when}`,
    hint: "What it published stays here. Newer accounts are with the village it became part of.",
    successor: (name: string) => `Go to ${name}`,
  },
};

export function Merged({ village }: { village: Region }) {
  const say = useWords(words);
  const language = useLanguage();
  const { valid_until: until, successor } = village;
  if (until == null) return null;
  return (
    <div class="merged">
      <Notice tone="wait" icon="info" title={say.ended(day(until, language))}>
        <p>{say.hint}</p>
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

/** The same on a page that knows no more than the village's code. */
export function MergedAt({ code }: { code: string }) {
  const region = useLoad(() => readRegion(code), [code]);
  return region.state === "ready" ? <Merged village={region.data} /> : null;
}
