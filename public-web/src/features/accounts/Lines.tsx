// Every line of a ledger, twenty at a time, each with its own door to a question.
import { useState } from "preact/hooks";
import { day, money } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { fileAbout } from "../../lib/navigate";
import { type Disclosure, isLedgerLine, type Line, readLines } from "../../lib/reads";
import { LineAnswers } from "../../ui/LineAnswers";
import { Button } from "../../ui/parts";
import { useSought, useWantedLine } from "../../ui/sought";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { LineVouchers } from "./LineVouchers";
import { words } from "./words";

// How far each ledger was opened: whoever comes back from a question stands where he left.
const opened = new Map<string, readonly (string | null)[]>();

export function Lines({ ledger }: { ledger: Disclosure }) {
  const [cursors, setCursors] = useState<readonly (string | null)[]>(opened.get(ledger.id) ?? [null]);
  const open = (cursor: string) => {
    const next = [...cursors, cursor];
    opened.set(ledger.id, next);
    setCursors(next);
  };
  return (
    <>
      {cursors.map((cursor, at) => (
        <LinesPage
          key={cursor ?? "first"}
          ledger={ledger}
          cursor={cursor}
          more={at === cursors.length - 1 ? open : null}
        />
      ))}
    </>
  );
}

function LinesPage(props: {
  ledger: Disclosure;
  cursor: string | null;
  more: ((cursor: string) => void) | null;
}) {
  const say = useWords(words);
  const { ledger, cursor, more } = props;
  const page = useLoad(() => readLines(ledger.id, cursor), [ledger.id, cursor]);
  const wanted = useWantedLine(page, more);
  const next = page.state === "ready" ? page.data.next_cursor : null;
  return (
    <Loaded of={page} lines={4}>
      {({ items }) => (
        <>
          <ul class="lines">
            {items.filter(isLedgerLine).map((line) => (
              <Entry key={line.id} line={line} ledger={ledger} wanted={line.id === wanted} />
            ))}
          </ul>
          {more !== null && next ? (
            <Button wide onClick={() => more(next)}>
              {say.more}
            </Button>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

function Entry({ line, ledger, wanted }: { line: Line; ledger: Disclosure; wanted: boolean }) {
  const code = ledger.region_code;
  const place = useSought<HTMLLIElement>(wanted);
  const say = useWords(words);
  const language = useLanguage();
  const comes = line.income_fen !== 0;
  const amount = comes ? line.income_fen : line.expense_fen;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [comes ? say.payer : say.payee, line.payee],
    [say.voucher, line.voucher_no],
    [say.papers, line.file_count > 0 ? say.sheets(line.file_count) : null],
    [say.handled, line.handled_by],
    [say.witnessed, line.witnessed_by],
    [say.approved, line.approved_by],
  ];
  const ask = () =>
    fileAbout({
      region_code: code,
      about: { type: "disclosure_line", id: line.id },
      label: line.summary,
      amount_fen: amount,
    });
  return (
    <li class={wanted ? "card entry wanted" : "card entry"} ref={place}>
      <p class="what">
        <b id={`line-${line.id}`}>
          <Zh>{line.summary}</Zh>
        </b>
        <span class={comes ? "in" : "out"}>
          <span class="cap">{comes ? say.lineIn : say.lineOut} </span>
          <b>{money(amount, language)}</b>
        </span>
      </p>
      <div class="lower">
        <p class="facts">
          <span>{day(line.date, language)}</span>
          {facts.map(([name, value]) =>
            value ? (
              <span key={name}>
                {name}
                {say.colon}
                <Zh>{value}</Zh>
              </span>
            ) : null,
          )}
        </p>
        <div class="asks">
          <Button look="ask" onClick={ask} aria-describedby={`line-${line.id}`}>
            {say.ask}
          </Button>
        </div>
      </div>
      <LineVouchers line={line} />
      <LineAnswers line={line} of={ledger} shown={wanted} />
    </li>
  );
}
