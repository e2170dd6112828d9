// The place on a page for what was submitted and is not settled. Its code comes only to phones that have any.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { usePending } from "../lib/pending";

export function Outbox() {
  const pending = usePending();
  const [Cards, setCards] = useState<ComponentType | null>(null);
  useEffect(() => {
    // Without its code nothing is shown; it waits as before.
    if (pending)
      import("./OutboxCards").then(
        (found) => setCards(() => found.OutboxCards),
        () => undefined,
      );
  }, [pending]);
  return Cards === null ? null : <Cards />;
}
