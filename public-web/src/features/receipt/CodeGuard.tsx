// A code that is shown once and was neither copied, nor drawn, nor kept or declined: one tap on the tabs would lose it for
// good. Whoever taps is asked, once.
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../lib/i18n";
import { go } from "../../lib/navigate";
import { Sure } from "../../ui/Sure";
import { words } from "./words";

export function CodeGuard({ onLeave }: { onLeave: () => void }) {
  const say = useWords(words);
  const [to, setTo] = useState<string | null>(null);
  useEffect(() => {
    const ask = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href^='/']") : null;
      const aside = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (link === null || aside || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(link.getAttribute("href"));
    };
    // Before the router has it.
    document.addEventListener("click", ask, true);
    return () => document.removeEventListener("click", ask, true);
  }, []);
  if (to === null) return null;
  return (
    <Sure
      question={say.leaveAsk}
      more={[say.leaveHint]}
      yes={say.leaveYes}
      no={say.leaveNo}
      onYes={() => {
        onLeave();
        go(to);
      }}
      onNo={() => setTo(null)}
    />
  );
}
