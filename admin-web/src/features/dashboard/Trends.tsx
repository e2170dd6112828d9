// The last closed months. Of a county, as everybody can read them; of a smaller place, whose public numbers are mostly too
// small to be shown, what this desk may see. A month that is over is counted once and never again.
import { type QueryFunctionContext, useQueries } from "@tanstack/react-query";
import { type Language, numbers, word } from "@yidiantong/client";
import { useMemo } from "react";
import { $public, adminApi } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { behind, days, percent } from "./behind";
import { Figures, type Line } from "./Figures";
import { countyOf, monthsBefore } from "./months";
import { words } from "./words";

const MONTHS = 6;

const CHART = { columns: [0, 1], rate: 2 } as const;

interface Props {
  region: string;
  today: string;
}

export function Trends({ region, today }: Props) {
  const county = countyOf(region);
  if (county === null) return null;
  return county === region ? <County region={region} today={today} /> : <Desk today={today} />;
}

const monthName = (period: string, language: Language): string =>
  language === "en" ? period : `${Number(period.slice(5))}月`;

function County({ region, today }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const months = useMemo(() => monthsBefore(today, MONTHS), [today]);
  const found = useQueries({
    queries: months.map((period) => ({
      ...$public.queryOptions("get", "/api/v1/stats", {
        params: { query: { region: region as never, period } },
      }),
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
    const of = (number: string) => ({ to: behind(number, period) });
    return {
      key: period,
      name: monthName(period, language),
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

/** What is counted of each month: the cases that the queue shows behind the number. */
const COUNTED = ["filed", "answered", "on_time", "promises", "unrated"] as const;

function Desk({ today }: { today: string }) {
  const say = useText(words);
  const language = useLanguage();
  const months = useMemo(() => monthsBefore(today, MONTHS), [today]);
  const found = useQueries({
    queries: months.flatMap((month) =>
      COUNTED.map((counted) => ({
        // Not under the queue's own name: what happens now changes nothing of a month that is over.
        queryKey: ["months", month, counted],
        queryFn: async ({ signal }: QueryFunctionContext): Promise<number | null> => {
          const params = { query: { counted, month } };
          const { data } = await adminApi.GET("/api/v1/admin/complaints/counts", { params, signal });
          return data?.total ?? null;
        },
        staleTime: Number.POSITIVE_INFINITY,
      })),
    ),
  });
  const columns = useMemo(
    () => [
      word(numbers, "filed", language),
      word(numbers, "answered", language),
      say("on_time_rate"),
      word(numbers, "unrated", language),
    ],
    [say, language],
  );
  if (found.some((one) => one.isPending)) return <PageLoading rows={4} />;
  const failed = found.find((one) => one.data === undefined);
  if (failed !== undefined) {
    const again = () => {
      for (const one of found) void one.refetch();
    };
    return <ProblemAlert error={failed.error} onRetry={again} />;
  }
  const lines: Line[] = months.map((period, at) => {
    const n = (counted: (typeof COUNTED)[number]): number | null =>
      found[at * COUNTED.length + COUNTED.indexOf(counted)]?.data ?? null;
    const of = (number: string) => ({ to: behind(number, period) });
    const [kept, all] = [n("on_time"), n("promises")];
    return {
      key: period,
      name: monthName(period, language),
      values: [
        { n: n("filed"), ...of("filed") },
        { n: n("answered"), ...of("answered") },
        { ...percent(kept === null || all === null || all === 0 ? null : kept / all), ...of("promises") },
        { n: n("unrated"), ...of("unrated") },
      ],
    };
  });
  return (
    <Figures
      title={say("trends")}
      note={say("trends_desk")}
      first={say("month")}
      columns={columns}
      lines={lines}
      chart={CHART}
      wide
    />
  );
}
