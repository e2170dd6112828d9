// A button that reads the page's sum aloud, where the phone has a voice of its own; pressed again, it stops.
import { useEffect, useState } from "preact/hooks";
import { type Language, useLanguage, useWords } from "../lib/i18n";
import { readAloud, stopReading, useReader, useVoice } from "../lib/voice";
import { Button } from "./parts";

const words = {
  zh: { read: "读给我听", stop: "别读了", stopAt: "。" },
  en: { read: "Read it to me", stop: "Stop reading", stopAt: ". " },
};

interface Props {
  /** What is to be heard, sentence by sentence; what stands there as a figure is said with its name. */
  text: readonly (string | null | undefined | false)[];
  /** In which language it is, where that is not the page's. */
  spoken?: Language;
}

export function ReadAloud({ text, spoken }: Props) {
  const say = useWords(words);
  const language = useLanguage();
  const voice = useVoice(spoken ?? language);
  const [me] = useState(() => Symbol());
  const reading = useReader() === me;
  // Whoever goes on to another page, or changes the language, has heard enough of this one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language has another voice.
  useEffect(() => () => stopReading(me), [me, voice]);
  if (voice === undefined) return null;
  const all = text.filter((part) => typeof part === "string" && part !== "").join(say.stopAt);
  return (
    <p class="aloud">
      <Button
        look="quiet"
        icon={reading ? "stop" : "sound"}
        onClick={() => (reading ? stopReading(me) : readAloud(me, voice, all))}
      >
        {reading ? say.stop : say.read}
      </Button>
    </p>
  );
}
