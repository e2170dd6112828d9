// An answer that was written for everybody, with the day and the version of what it is about.
import { day } from "../lib/format";
import { useLanguage, useWords } from "../lib/i18n";
import type { Questions } from "../lib/reads";
import { Zh } from "./Zh";

const words = {
  zh: {
    answered: (when: string) => `${when}答复`,
    version: (version: number) => `问的是第 ${version} 版`,
    since: (now: number) => `，现在是第 ${now} 版`,
  },
  en: {
    answered: (when: string) => `Answered on ${when}`,
    version: (version: number) => `about version ${version}`,
    since: (now: number) => `; it is version ${now} now`,
  },
};

interface Props {
  answer: Questions["items"][number];
  /** The version that is published now, where that is known. */
  now?: number | undefined;
}

export function PublishedAnswer({ answer, now }: Props) {
  const say = useWords(words);
  const language = useLanguage();
  const { about } = answer;
  return (
    <>
      <p class="cap">
        {say.answered(day(answer.published_at, language))}
        {about ? ` · ${say.version(about.version)}` : null}
        {about && now !== undefined && now > about.version ? say.since(now) : null}
      </p>
      <p class="answer-words">
        <Zh>{answer.answer}</Zh>
      </p>
    </>
  );
}
