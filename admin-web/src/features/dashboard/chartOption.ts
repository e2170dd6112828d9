// What a chart shows, as ECharts wants it: patterns beside colours, words for readers, no markup of its own.
export interface Series {
  name: string;
  values: readonly (number | null)[];
  /** Drawn as a line over the months, in per cent. */
  rate?: boolean;
}

export interface ChartData {
  title: string;
  names: readonly string[];
  series: readonly Series[];
  /** Names at the left, bars to the right: for names that are long. */
  lying?: boolean;
}

/** frontend.md 7.2, the data's order: each holds 3:1 against white. */
const COLOURS = ["#12594e", "#b87d12", "#3f7cac", "#a8321f", "#7a6a9b", "#8a8f87"];

/** Axis names longer than this are cut; the table has them whole. */
const NAME_WIDTH = 132;

export function chartOption({ title, names, series, lying = false }: ChartData, fonts: string) {
  const words = { color: "#52605c", fontFamily: fonts, fontSize: 12 };
  const things = {
    type: "category" as const,
    data: [...names],
    inverse: lying,
    // All of them: an amount without its name says nothing.
    axisLabel: {
      ...words,
      interval: 0,
      ...(lying ? { width: NAME_WIDTH, overflow: "truncate" as const } : {}),
    },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: "#7d8682" } },
  };
  const amounts = {
    type: "value" as const,
    minInterval: 1,
    axisLabel: words,
    splitLine: { lineStyle: { color: "#e6e1d4" } },
  };
  const rates = {
    ...amounts,
    min: 0,
    max: 100,
    splitLine: { show: false },
    axisLabel: { ...words, formatter: "{value}%" },
  };
  const hasRate = series.some(({ rate }) => rate === true);
  const heights = hasRate ? [amounts, rates] : amounts;
  return {
    animation: false,
    color: COLOURS,
    textStyle: { fontFamily: fonts },
    aria: {
      enabled: true,
      decal: { show: true },
      label: { description: spoken({ title, names, series }) },
    },
    // Words drawn into the picture: a box of its own would be markup made by a script.
    tooltip: { trigger: "axis" as const, renderMode: "richText" as const, confine: true },
    ...(series.length > 1 ? { legend: { top: 0, textStyle: words, icon: "roundRect" } } : {}),
    grid: { left: 8, right: 16, top: series.length > 1 ? 32 : 12, bottom: 4, containLabel: true },
    xAxis: lying ? amounts : things,
    yAxis: lying ? things : heights,
    series: series.map(({ name, values, rate }) =>
      rate === true
        ? {
            type: "line" as const,
            name,
            data: [...values],
            yAxisIndex: 1,
            symbolSize: 7,
            connectNulls: false,
          }
        : {
            type: "bar" as const,
            name,
            data: [...values],
            barMaxWidth: 26,
            label: { show: true, position: lying ? ("right" as const) : ("top" as const), color: "#1c2624" },
          },
    ),
  };
}

/** The chart in a sentence or two, for whoever does not see it; the table beside it says all. */
export function spoken({ title, names, series }: ChartData): string {
  const of = ({ name, values, rate }: Series) =>
    `${name}: ${names.map((one, at) => `${one} ${values[at] ?? "–"}${rate === true ? "%" : ""}`).join(", ")}`;
  return `${title}. ${series.map(of).join("; ")}`;
}
