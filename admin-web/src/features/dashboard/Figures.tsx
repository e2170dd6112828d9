import { useId } from "react";

export interface Line {
  key: string;
  name: string;
  values: readonly (number | string)[];
}

interface Props {
  title: string;
  /** What the first column names. */
  first: string;
  columns: readonly string[];
  lines: readonly Line[];
}

/** Numbers as a table: names left, figures right. */
export function Figures({ title, first, columns, lines }: Props) {
  const id = useId();
  if (lines.length === 0) return null;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="figure">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, name, values }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {columns.map((column, at) => (
                <td key={column} className="figure">
                  {values[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
