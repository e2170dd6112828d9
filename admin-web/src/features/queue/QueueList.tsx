// The queue on a phone: the same rows, one under the other.
import { StateTag } from "../../ui/StateTag";
import { TimeLeft } from "../../ui/TimeLeft";
import { Foot, Nothing } from "./Foot";
import type { Filters } from "./filters";
import { Assignee, Matter } from "./Row";
import type { useQueue } from "./useQueue";

interface Props {
  queue: ReturnType<typeof useQueue>;
  now: number;
  all: number | undefined;
  filters: Filters;
}

export function QueueList({ queue, now, all, filters }: Props) {
  if (queue.items.length === 0) return <Nothing filters={filters} />;
  return (
    <>
      <ul className="queue-list">
        {queue.items.map((item) => (
          <li key={item.id} data-row-key={item.id}>
            <Matter item={item} />
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
      <Foot queue={queue} all={all} />
    </>
  );
}
