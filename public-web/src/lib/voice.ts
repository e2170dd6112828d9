// Reading aloud with the phone's own voice. A voice that lives on somebody's server would be told what stands on the
// page: only one that is on this phone is used, and without one there is no button.
import type { Language } from "./i18n";
import { createStore, useStore } from "./store";

/** Some browsers fall silent in the middle of a long text; they do not between short ones. */
const LONGEST = 120;

const synthesis = (): SpeechSynthesis | undefined => globalThis.speechSynthesis;

/** Counts the times that the browser has found more voices: they come late. */
const found = createStore(0);
synthesis()?.addEventListener?.("voiceschanged", () => found.set(found.get() + 1));

/** Whose words are being read. */
const reader = createStore<symbol | null>(null);

export function voiceFor(
  voices: readonly SpeechSynthesisVoice[],
  language: Language,
): SpeechSynthesisVoice | undefined {
  const own = voices.filter(({ localService }) => localService);
  const speaks = (lang: RegExp) => own.find((voice) => lang.test(voice.lang));
  // Mandarin before what is written the same and spoken otherwise.
  return language === "en" ? speaks(/^en\b/i) : (speaks(/^(zh[-_]CN|cmn)/i) ?? speaks(/^zh\b/i));
}

/** Sentence by sentence, and what is longer at a comma or where it must be. */
export function sentences(text: string): string[] {
  const whole = text.match(/[^。！？；!?;\n]+[。！？；!?;]?/g) ?? [];
  return whole.flatMap((sentence) => {
    const parts: string[] = [];
    let rest = sentence.trim();
    while (rest.length > LONGEST) {
      const at = Math.max(...["，", "、", ", ", " "].map((sign) => rest.lastIndexOf(sign, LONGEST - 1)));
      const end = at > 0 ? at + 1 : LONGEST;
      parts.push(rest.slice(0, end).trim());
      rest = rest.slice(end).trim();
    }
    return rest === "" ? parts : [...parts, rest];
  });
}

export function useVoice(language: Language): SpeechSynthesisVoice | undefined {
  useStore(found);
  return voiceFor(synthesis()?.getVoices() ?? [], language);
}

export const useReader = (): symbol | null => useStore(reader);

/** Reads these words for `who`; whatever was being read stops. */
export function readAloud(who: symbol, voice: SpeechSynthesisVoice, text: string): void {
  const speech = synthesis();
  if (speech === undefined) return;
  speech.cancel();
  reader.set(who);
  const parts = sentences(text);
  const over = () => reader.get() === who && reader.set(null);
  for (const [at, part] of parts.entries()) {
    const one = new SpeechSynthesisUtterance(part);
    one.voice = voice;
    one.lang = voice.lang;
    // A little slower than browsers do by themselves.
    one.rate = 0.9;
    one.onerror = over;
    if (at === parts.length - 1) one.onend = over;
    speech.speak(one);
  }
  if (parts.length === 0) over();
}

export function stopReading(who: symbol): void {
  if (reader.get() !== who) return;
  reader.set(null);
  synthesis()?.cancel();
}
