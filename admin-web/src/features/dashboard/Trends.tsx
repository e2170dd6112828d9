// The last closed months, as everybody can read them: a month that is over is counted once and never again.
import { useQueries } from "@tanstack/react-query";
import { numbers, word } from "@yidiantong/client";
import { useMemo } from "react";
import { $public } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { behind, days, percent } from "./behind";
import { Figures, type Line } from "./Figures";
import { countyOf, monthsBefore } from "./months";
import { words } from "./words";

const MONTHS = 6;

const CHART = { columns: [0, 1], rate: 2 } as const;

export function Trends({ region, today }: { region: string; today: string }) {
  const say = useText(words);
  const language = useLanguage();
  const county = countyOf(region);
  const months = useMemo(() => monthsBefore(today, MONTHS), [today]);
  const found = useQueries({
    queries: months.map((period) => ({
      ...$public.queryOptions("get", "/api/v1/stats", {
        params: { query: { region: (county ?? region) as never, period } },
      }),
      enabled: county !== null,
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  const columns = useMemo(
    () => [
      word(numbers, "filed", language),
      word(numbers, "answered", language),
      say("on_time_rate"),
      say("median"),
      word(numbers, "unrated", language),
    ],
    [say, language],
  );
  if (county === null) return null;
  if (found.some((one) => one.isPending)) return <PageLoading rows={4} />;
  const failed = found.find((one) => one.error !== null);
  if (failed !== undefined) {
    const again = () => {
      for (const one of found) void one.refetch();
    };
    return <ProblemAlert error={failed.error} onRetry={again} />;
  }
  const lines: Line[] = months.map((period, at) => {
    const total = found[at]?.data?.total ?? null;
    // Who works for one township sees the county's numbers, and not the county's cases.
    const of = (number: string) => (county === region ? { to: behind(number, period) } : {});
    return {
      key: period,
      name: language === "en" ? period : `${Number(period.slice(5))}月`,
      values: [
        { n: total?.filed ?? null, ...of("filed") },
        { n: total?.answered ?? null, ...of("answered") },
        { ...percent(total?.on_time_rate), ...of("promises") },
        { ...days(total?.median_working_days), ...of("first_answers") },
        { n: total?.unrated ?? null, ...of("unrated") },
      ],
    };
  });
  return (
    <Figures
      title={say("trends")}
      note={say("trends_note")}
      first={say("month")}
      columns={columns}
      lines={lines}
      chart={CHART}
      wide
    />
  );
}
