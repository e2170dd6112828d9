import { Table, type TableColumnsType } from "antd";
import type { QueueItem } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { useMedia } from "../../ui/media";
import { StateTag } from "../../ui/StateTag";
import { TimeLeft } from "../../ui/TimeLeft";
import { Foot, Nothing } from "./Foot";
import type { Filters } from "./filters";
import { Assignee, Matter } from "./Row";
import type { useQueue } from "./useQueue";
import { words } from "./words";

interface Props {
  queue: ReturnType<typeof useQueue>;
  now: number;
  all: number | undefined;
  filters: Filters;
  chosen: string | null;
  onChoose: (id: string) => void;
}

export function QueueTable({ queue, now, all, filters, chosen, onChoose }: Props) {
  const say = useText(words);
  const wide = useMedia("(min-width: 900px)");
  const english = useLanguage() === "en";
  const columns: TableColumnsType<QueueItem> = [
    {
      key: "time",
      title: (
        <>
          {say("col_time")} <span aria-hidden="true">↑</span>
        </>
      ),
      width: (wide ? 200 : 188) + (english ? 26 : 0),
      render: (_, item) => <TimeLeft item={item} now={now} />,
    },
    { key: "matter", title: say("col_content"), ellipsis: true, render: (_, item) => <Matter item={item} /> },
    {
      key: "state",
      title: say("col_state"),
      width: english ? 164 : 108,
      render: (_, item) => <StateTag state={item.state} />,
    },
    {
      key: "assignee",
      title: say("col_assignee"),
      width: wide ? 128 : 96,
      ellipsis: true,
      render: (_, item) => <Assignee item={item} />,
    },
  ];
  return (
    <div className="queue-table">
      <Table<QueueItem>
        aria-label={say("table")}
        rowKey="id"
        columns={columns}
        dataSource={queue.items}
        pagination={false}
        tableLayout="fixed"
        locale={{ emptyText: <Nothing filters={filters} /> }}
        rowClassName={(item) => (item.id === chosen ? "chosen" : "")}
        onRow={(item) => ({
          "aria-current": item.id === chosen ? "true" : undefined,
          onClick: () => onChoose(item.id),
        })}
      />
      <Foot queue={queue} all={all} />
    </div>
  );
}
