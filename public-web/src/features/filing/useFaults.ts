// The faults of a step after a try to go on: in words, for the summary and for the fields.
import { useState } from "preact/hooks";
import { useLanguage } from "../../lib/i18n";
import type { SummaryItem } from "../../ui/form";
import type { Fault, Field } from "./checks";
import { faultText } from "./words";

/** The id of the control that a fault's link leads to. */
export const idOf = (field: Field): string => `f-${field}`;

export interface Found {
  turn: number;
  items: SummaryItem[];
  of: (field: Field) => string | undefined;
  /** Puts faults up; returns whether there are any. */
  show: (faults: readonly Fault[]) => boolean;
  /** Takes the fault of a field away as soon as it is changed. */
  mended: (...fields: Field[]) => void;
}

export function useFaults(first: readonly Fault[] = []): Found {
  const language = useLanguage();
  const [faults, setFaults] = useState(first);
  const [turn, setTurn] = useState(0);
  return {
    turn,
    items: faults.map((fault) => ({ id: idOf(fault.field), text: faultText(fault, language) })),
    of: (field) => {
      const found = faults.find((fault) => fault.field === field);
      return found === undefined ? undefined : faultText(found, language);
    },
    show: (next) => {
      setFaults(next);
      setTurn((n) => n + 1);
      return next.length > 0;
    },
    mended: (...fields) => {
      if (faults.some((fault) => fields.includes(fault.field))) {
        setFaults(faults.filter((fault) => !fields.includes(fault.field)));
      }
    },
  };
}

/** How a step was come to: from the check page, to change one thing, perhaps with faults found by the server. */
export interface Visit {
  change: Field | null;
  faults: readonly Fault[];
}

export function readVisit(state: unknown): Visit {
  const found = (typeof state === "object" && state !== null ? state : {}) as Partial<Visit>;
  return {
    change: typeof found.change === "string" ? found.change : null,
    faults: Array.isArray(found.faults) ? found.faults : [],
  };
}
