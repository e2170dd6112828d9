// Apart from the other helpers: the first page does without the words for codes.
import { disclosureKinds, word } from "@yidiantong/client";
import type { Language } from "./i18n";

/** What a disclosure is, for whom its Chinese title says nothing; in Chinese the title says it. */
export const kindInEnglish = (kind: string, language: Language): string | null =>
  language === "en" ? word(disclosureKinds, kind, "en") : null;
