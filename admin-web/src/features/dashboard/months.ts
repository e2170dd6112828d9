/** The months before this one, the oldest first: `2026-05`, … */
export function monthsBefore(day: string, count: number): string[] {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return Array.from({ length: count }, (_, at) => {
    const all = year * 12 + (month - 1) - (count - at);
    return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, "0")}`;
  });
}

/** The county of a region; `null` above. */
export const countyOf = (region: string): string | null =>
  /^\d{4}00/.test(region) ? null : `${region.slice(0, 6)}000000`;
