import { useEffect, useRef, useState } from "react";
import { FONTS } from "../../ui/fonts";
import { type ChartData, chartOption } from "./chartOption";

/** Pixels for a lying bar, and for what stands around them. */
const BAR = 30;
const AROUND = 56;
const STANDING = 240;

/** A chart, drawn as SVG when its code has come. The table beside it says the same. */
export function Chart({ data }: { data: ChartData }) {
  const place = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const height =
    data.lying === true ? Math.max(120, data.names.length * data.series.length * BAR + AROUND) : STANDING;
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let end = () => {};
    let gone = false;
    import("./echarts").then(
      ({ init }) => {
        if (gone) return;
        const chart = init(element, null, { renderer: "svg" });
        chart.setOption(chartOption(data, FONTS));
        const watch = new ResizeObserver(() => chart.resize());
        watch.observe(element);
        end = () => {
          watch.disconnect();
          chart.dispose();
        };
      },
      // Without it the table says everything.
      () => setFailed(true),
    );
    return () => {
      gone = true;
      end();
    };
  }, [data]);
  if (failed) return null;
  return <div ref={place} className="chart" role="img" aria-label={data.title} style={{ height }} />;
}
