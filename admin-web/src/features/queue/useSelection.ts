import { useCallback, useMemo, useState } from "react";

/** Which cases are picked out for something to be done to all of them. */
export function useSelection() {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (id: string) =>
      setIds((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const add = useCallback((more: readonly string[]) => setIds((before) => new Set([...before, ...more])), []);
  const drop = useCallback(
    (some: readonly string[]) => setIds((before) => new Set([...before].filter((id) => !some.includes(id)))),
    [],
  );
  /** All of them, or none when all were. */
  const setAll = useCallback(
    (all: readonly string[]) =>
      setIds((before) => (all.every((id) => before.has(id)) ? new Set() : new Set(all))),
    [],
  );
  const clear = useCallback(() => setIds(new Set()), []);
  return useMemo(() => ({ ids, toggle, add, drop, setAll, clear }), [ids, toggle, add, drop, setAll, clear]);
}
