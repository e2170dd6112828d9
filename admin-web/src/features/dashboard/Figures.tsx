// Numbers as a table, with the chart of them beside it. A number leads to the cases behind it.
import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useId, useMemo } from "react";
import { Link } from "react-router";
import { csv, saveFile } from "../../lib/csv";
import { useText } from "../../lib/i18n";
import { Chart } from "./Chart";
import { words } from "./words";

export interface Value {
  n: number | null;
  /** As it is said, where that is not the number itself. */
  said?: string;
  /** The queue that shows its cases. */
  to?: string;
  /** A share or a span of time: nought has cases too. */
  measured?: true;
}

export interface Line {
  key: string;
  name: string;
  /** More words of the line, in columns before the numbers. */
  also?: readonly string[];
  values: readonly Value[];
}

interface Props {
  title: string;
  /** What the first column names, and those of `also`. */
  first: string;
  also?: readonly string[];
  columns: readonly string[];
  lines: readonly Line[];
  /** Of which columns a chart is drawn; none without. */
  chart?: { columns: readonly number[]; rate?: number; lying?: boolean };
  note?: ReactNode;
  wide?: boolean;
}

export function Figures({ title, first, also = [], columns, lines, chart, note, wide = false }: Props) {
  const say = useText(words);
  const id = useId();
  const drawn = useMemo(() => {
    if (chart === undefined || lines.length === 0) return null;
    const all = chart.rate === undefined ? chart.columns : [...chart.columns, chart.rate];
    return {
      title,
      names: lines.map(({ name }) => name),
      lying: chart.lying === true,
      series: all.map((at) => ({
        name: columns[at] ?? "",
        values: lines.map(({ values }) => values[at]?.n ?? null),
        rate: at === chart.rate,
      })),
    };
  }, [title, columns, lines, chart]);
  const save = () =>
    saveFile(
      `${title}.csv`,
      csv([
        [first, ...also, ...columns],
        ...lines.map((line) => [line.name, ...(line.also ?? []), ...line.values.map(({ n }) => n)]),
      ]),
    );
  return (
    <section className={wide ? "card figures-card wide" : "card figures-card"} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {lines.length === 0 ? null : (
          <Button
            size="small"
            type="text"
            icon={<DownloadOutlined aria-hidden />}
            aria-label={say("csv_of", { title })}
            onClick={save}
          >
            CSV
          </Button>
        )}
      </header>
      {note === undefined ? null : <p className="quiet">{note}</p>}
      {lines.length === 0 ? <p className="quiet">{say("nothing")}</p> : null}
      {lines.length === 0 ? null : (
        <div className={drawn === null ? undefined : "figures-both"}>
          {drawn === null ? null : <Chart data={drawn} />}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard (WCAG 2.1.1) */}
          <section className="table-scroll" aria-label={say("table_of", { title })} tabIndex={0}>
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">{first}</th>
                  {also.map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                  {columns.map((column) => (
                    <th key={column} scope="col" className="figure">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <tr key={line.key}>
                    <th scope="row">{line.name}</th>
                    {(line.also ?? []).map((text, at) => (
                      <td key={also[at]}>{text}</td>
                    ))}
                    {columns.map((column, at) => (
                      <td key={column} className="figure">
                        <Figure value={line.values[at]} of={`${line.name} ${column}`} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </div>
      )}
    </section>
  );
}

/** A number; where there are cases behind it, the way to them. */
export function Figure({ value, of }: { value: Value | undefined; of: string }) {
  const say = useText(words);
  if (value === undefined || (value.n === null && value.said === undefined)) return <>{say("not_known")}</>;
  const said = value.said ?? value.n;
  if (value.to === undefined || (value.n === 0 && value.measured !== true)) return <>{said}</>;
  return (
    <Link
      to={`/?${value.to}`}
      // The queue says why it shows fewer, where it does (features/queue/Behind.tsx).
      state={value.measured === true ? null : { counted: value.n }}
      aria-label={say("open_cases", { of, n: value.n ?? "" })}
    >
      {said}
    </Link>
  );
}
