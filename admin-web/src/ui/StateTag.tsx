import { states, word } from "@yidiantong/client";
import { useLanguage } from "../lib/i18n";

const TONES: Readonly<Record<string, string>> = {
  submitted: "sky",
  accepted: "sky",
  dispatched: "sky",
  awaiting_supplement: "plain",
  handling: "ochre",
  under_review: "pine",
  answered: "ok",
};

export function StateTag({ state }: { state: string }) {
  const language = useLanguage();
  return <span className={`state-tag ${TONES[state] ?? "plain"}`}>{word(states, state, language)}</span>;
}
