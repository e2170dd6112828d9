// The parts of the page that a visit begins with, one after the other, each painted before the next is drawn: so a slow
// phone shows the top sooner, and hears a tap meanwhile. Later pages are drawn whole: whoever steps back finds his place.
import { type ComponentChildren, toChildArray } from "preact";
import { useEffect, useState } from "preact/hooks";

let begun = false;

/** Each of the children needs a key: one that comes later must not take another's place. */
export function InTurn({ children }: { children: ComponentChildren }) {
  const parts = toChildArray(children);
  const [shown, setShown] = useState(begun ? Number.POSITIVE_INFINITY : 0);
  const whole = shown >= parts.length;
  // An effect runs once its drawing has been painted.
  useEffect(() => {
    begun = true;
    if (whole) return;
    const timer = setTimeout(() => setShown(shown + 1));
    return () => clearTimeout(timer);
  }, [shown, whole]);
  return (
    <>
      {parts.slice(0, shown)}
      {/* Room for the rest, or what stands at the end would be seen and then pushed away. */}
      {whole ? null : <div class="to-come" />}
    </>
  );
}
