import type { PublicComponents } from "@yidiantong/client";
import { Zh } from "./Zh";

/** The days that a limit did not count, each with the reason. */
export function SkippedDays({
  days,
  day,
}: {
  days: readonly PublicComponents["schemas"]["SkippedView"][];
  day: (date: string) => string;
}) {
  return (
    <ul>
      {days.map(({ date, reason }) => (
        <li key={date}>
          {day(date)} <Zh>{reason}</Zh>
        </li>
      ))}
    </ul>
  );
}
