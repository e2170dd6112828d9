// The queue on a phone: the same rows, one under the other.
import { StateTag } from "../../ui/StateTag";
import { TimeLeft } from "../../ui/TimeLeft";
import { Nothing } from "./Foot";
import type { Filters } from "./filters";
import { Assignee, Matter } from "./Row";
import type { Row } from "./settled";

interface Props {
  rows: readonly Row[];
  now: number;
  filters: Filters;
}

export function QueueList({ rows, now, filters }: Props) {
  if (rows.length === 0) return <Nothing filters={filters} />;
  return (
    <ul className="queue-list">
      {rows.map(({ item, gone, isNew }) => (
        <li key={item.id} data-row-key={item.id}>
          <Matter item={item} gone={gone} isNew={isNew} />
          <span className="list-line">
            <TimeLeft item={item} now={now} />
            <StateTag state={item.state} />
            <span className="list-who">
              <Assignee item={item} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
