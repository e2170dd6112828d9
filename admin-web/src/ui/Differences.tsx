import { useText } from "../lib/i18n";
import { uiWords } from "./words";
import { Zh } from "./Zh";

export interface Difference {
  key: string;
  label: string;
  before: string | null;
  after: string | null;
}

interface Props {
  rows: readonly Difference[];
  /** What the two columns are called; else now and proposed. */
  heads?: readonly [before: string, after: string];
}

/** What changes, as a table: what, now, then. */
export function Differences({ rows, heads }: Props) {
  const say = useText(uiWords);
  if (rows.length === 0) return <p className="quiet">{say("no_difference")}</p>;
  return (
    <table className="plain-table differences">
      <thead>
        <tr>
          <th scope="col">{say("what")}</th>
          <th scope="col">{heads?.[0] ?? say("before")}</th>
          <th scope="col">{heads?.[1] ?? say("after")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, before, after }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>
              {before === null ? (
                say("not_there")
              ) : (
                <del>
                  <Zh>{before}</Zh>
                </del>
              )}
            </td>
            <td>
              {after === null ? (
                say("not_there")
              ) : (
                <ins>
                  <Zh>{after}</Zh>
                </ins>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
