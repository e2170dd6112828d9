// Which periods are over, by the case clock.

/** Months offered, and quarters. */
const MONTHS = 12;
const QUARTERS = 4;

const two = (n: number): string => String(n).padStart(2, "0");

export interface Closed {
  /** `2026-10`, the newest first. */
  months: readonly string[];
  /** `2026-Q3`, the newest first. */
  quarters: readonly string[];
}

/** `caseTime` as the API writes it, by China's clocks: `2026-11-23T08:00:00+08:00`. */
export function closedPeriods(caseTime: string): Closed {
  const year = Number(caseTime.slice(0, 4));
  const month = Number(caseTime.slice(5, 7));
  // Months counted from the year 0; the present one has not ended.
  const present = year * 12 + month - 1;
  const months = Array.from({ length: MONTHS }, (_, back) => {
    const at = present - 1 - back;
    return `${Math.floor(at / 12)}-${two((at % 12) + 1)}`;
  });
  const quarter = Math.floor(present / 3);
  const quarters = Array.from({ length: QUARTERS }, (_, back) => {
    const at = quarter - 1 - back;
    return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`;
  });
  return { months, quarters };
}
