import { formatDay, formatFen } from "@yidiantong/client";
import { Button, Grid, Segmented, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useMedia } from "../../ui/media";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Zh } from "../../ui/Zh";
import { Cells } from "./Cells";
import { type Disclosure, isLedgerLine, isTableLine, type Line, useLines } from "./data";
import { detailWords, words } from "./words";

export function LinesTable({ of }: { of: Disclosure }) {
  const say = useText(detailWords);
  const both = useText(common);
  // What is to be signed and published is what is looked at first: the correction, while one is under way.
  const [isNext, setNext] = useState(true);
  const next = isNext ? of.correction : null;
  const lines = useLines(of.id, next?.version);
  // Said once above the table, and no more in each line.
  const year = Number(of.period.slice(0, 4));
  const wide = Grid.useBreakpoint().lg ?? false;
  const show = () => {
    if (lines.isPending) return <PageLoading />;
    if (lines.data === undefined) {
      return <ProblemAlert error={lines.error} onRetry={() => void lines.refetch()} />;
    }
    const ledger = lines.data.filter(isLedgerLine);
    return (
      <>
        {of.kind === "ledger" ? null : <Cells kind={of.kind} of={lines.data.filter(isTableLine)} />}
        {of.kind !== "ledger" || !wide ? null : <Wide of={ledger} year={year} />}
        {of.kind !== "ledger" || wide ? null : <Narrow of={ledger} year={year} />}
        <p className="disc-foot">
          {say("shown", { n: lines.data.length, all: next?.line_count ?? of.line_count })}
          {lines.hasNextPage ? (
            <Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
              {both("more")}
            </Button>
          ) : null}
        </p>
      </>
    );
  };
  return (
    <section className="card disc-lines" aria-labelledby="disc-lines">
      <h2 id="disc-lines">{say("lines")}</h2>
      {of.correction == null ? null : (
        <p className="disc-which">
          <Segmented<boolean>
            aria-label={say("lines_of")}
            value={isNext}
            onChange={setNext}
            options={[
              { value: true, label: say("lines_next", { n: of.correction.version }) },
              { value: false, label: say("lines_published", { n: of.version }) },
            ]}
          />
        </p>
      )}
      {show()}
    </section>
  );
}

interface RowsProps {
  of: Line[];
  year: number;
}

const people = (line: Line): string =>
  [line.handled_by, line.witnessed_by, line.approved_by].map((name) => name ?? "—").join(" / ");

function Wide({ of, year }: RowsProps) {
  const say = useText(detailWords);
  const sayRoom = useText(words);
  const language = useLanguage();
  // What it was for is what is read: where there is little room, the account stands below it.
  const roomy = useMedia("(min-width: 1500px)");
  const account = (line: Line) => line.account_plain_name ?? line.account_code;
  const money = (title: string, of: (line: Line) => number | null | undefined, quietZero: boolean) => ({
    title,
    align: "right" as const,
    width: 112,
    render: (_: unknown, line: Line) => {
      const fen = of(line);
      return fen == null || (quietZero && fen === 0) ? "" : formatFen(fen, language);
    },
  });
  const columns: TableColumnsType<Line> = [
    { title: say("no"), dataIndex: "no", width: 52, align: "right" },
    {
      title: say("date"),
      width: 100,
      render: (_, line) => (
        <>
          {formatDay(line.date, language, year)}
          <small className="disc-sub">{line.voucher_no}</small>
        </>
      ),
    },
    {
      title: say("summary"),
      minWidth: 200,
      render: (_, line) => (
        <>
          <Zh>{line.summary}</Zh>
          {roomy ? null : (
            <small className="disc-sub">
              {[account(line), line.fund_source].filter(Boolean).join(" · ")}
            </small>
          )}
          <small className="disc-sub">
            <Zh>{line.payee ?? ""}</Zh>
          </small>
          <small className="disc-sub">
            {people(line)} · {say("papers")} {line.file_count}
          </small>
        </>
      ),
    },
    ...(roomy
      ? [
          {
            title: say("account"),
            width: 132,
            render: (_: unknown, line: Line) => (
              <>
                {account(line)}
                <small className="disc-sub">{line.fund_source}</small>
              </>
            ),
          },
        ]
      : []),
    money(sayRoom("income"), (line) => line.income_fen, true),
    money(sayRoom("expense"), (line) => line.expense_fen, true),
    money(say("balance"), (line) => line.balance_fen, false),
  ];
  return <Table<Line> rowKey="id" size="small" columns={columns} dataSource={of} pagination={false} />;
}

function Narrow({ of, year }: RowsProps) {
  const say = useText(detailWords);
  const sayRoom = useText(words);
  const language = useLanguage();
  return (
    <ol className="disc-line-cards">
      {of.map((line) => {
        const into = line.income_fen !== 0;
        const fen = into ? line.income_fen : line.expense_fen;
        return (
          <li key={line.id} value={line.no}>
            <strong>
              <Zh>{line.summary}</Zh>
            </strong>
            <span className={into ? "disc-in" : "disc-out"}>
              {sayRoom(into ? "income" : "expense")} {formatFen(fen, language)}
            </span>
            <small className="disc-sub">
              {[formatDay(line.date, language, year), line.voucher_no, line.account_plain_name, line.payee]
                .filter(Boolean)
                .join(" · ")}
            </small>
            <small className="disc-sub">
              {say("people")}: {people(line)} · {say("papers")} {line.file_count}
            </small>
          </li>
        );
      })}
    </ol>
  );
}
