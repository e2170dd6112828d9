// One published ledger: who vouches for it, its sums, where the money went, and every line.
import { exactMoney, money, period } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { periodsBetween } from "../../lib/periods";
import { type Disclosure, readDisclosure, readLines } from "../../lib/reads";
import { inWeChat } from "../../lib/wechat";
import { Versions, Withdrawn } from "../../ui/DisclosureVersions";
import { OpenData } from "../../ui/OpenData";
import { ButtonLink, Notice, Section } from "../../ui/parts";
import { ReadAloud } from "../../ui/ReadAloud";
import { Loaded } from "../../ui/states";
import { Breakdown } from "./Breakdown";
import { Lines } from "./Lines";
import { vouchedIn } from "./vouched";
import { words } from "./words";

export function Ledger({ ledger, older }: { ledger: Disclosure; older?: Disclosure | undefined }) {
  const say = useWords(words);
  const detail = useLoad(() => readDisclosure(ledger.id), [ledger.id]);
  // Asked for here too, which costs nothing: what stands below would jump away from the finger that reaches for it.
  const first = useLoad(() => (ledger.line_count === 0 ? null : readLines(ledger.id, null)), [ledger.id]);
  const settled = detail.state !== "loading" && first.state !== "loading";
  const spoken = useSpoken(ledger);
  if (ledger.withdrawal != null) {
    return (
      <>
        <Withdrawn of={ledger} />
        <Versions of={ledger} />
      </>
    );
  }
  return (
    <>
      <ReadAloud text={spoken} />
      <Vouched ledger={ledger} older={older} />
      <Sums ledger={ledger} />
      <Loaded of={detail} lines={4}>
        {({ breakdown }) => <Breakdown breakdown={breakdown} />}
      </Loaded>
      <Section id="lines" title={say.lines(ledger.line_count)}>
        {ledger.line_count === 0 ? <p>{say.noLines}</p> : <Lines ledger={ledger} />}
      </Section>
      {settled ? (
        <>
          {ledger.version > 1 ? <Versions of={ledger} /> : null}
          <Save ledger={ledger} />
        </>
      ) : null}
    </>
  );
}

function Vouched({ ledger, older }: { ledger: Disclosure; older?: Disclosure | undefined }) {
  const say = useWords(words);
  const language = useLanguage();
  const gaps = older === undefined ? [] : periodsBetween(older.period, ledger.period);
  return (
    <Notice tone={ledger.signoffs.length > 0 ? "good" : "wait"}>
      <p>{vouchedIn(ledger, say, language)}</p>
      {ledger.version > 1 ? <p class="strong">{say.corrected(ledger.version)}</p> : null}
      {gaps.length > 0 ? (
        <p class="strong">{say.gap(gaps.map((each) => period(each, language)).join(say.and))}</p>
      ) : null}
      {older?.withdrawal ? <p class="strong">{say.gapWithdrawn(period(older.period, language))}</p> : null}
    </Notice>
  );
}

/** The sums as one would say them. */
function useSpoken(ledger: Disclosure): string[] {
  const say = useWords(words);
  const language = useLanguage();
  const figures = say.figures(ledger.period);
  const said = (name: string, fen: number) => `${name}${say.colon}${money(fen, language)}`;
  return [
    period(ledger.period, language),
    said(figures.opening, ledger.opening_fen),
    said(figures.income, ledger.income_fen),
    said(figures.expense, ledger.expense_fen),
    said(say.closing, ledger.closing_fen),
  ];
}

function Sums({ ledger }: { ledger: Disclosure }) {
  const say = useWords(words);
  const language = useLanguage();
  const figures = say.figures(ledger.period);
  const rows = [
    ["", figures.opening, ledger.opening_fen],
    ["＋", figures.income, ledger.income_fen],
    ["－", figures.expense, ledger.expense_fen],
  ] as const;
  return (
    <section class="card equation" aria-label={figures.sums}>
      {rows.map(([sign, name, fen]) => (
        <p key={name}>
          <span class="sign">{sign}</span>
          <span>{name}</span>
          <b>{exactMoney(fen, language)}</b>
        </p>
      ))}
      <p class="total">
        <span class="sign">＝</span>
        <b>{say.closing}</b>
        <b>{exactMoney(ledger.closing_fen, language)}</b>
      </p>
    </section>
  );
}

function Save({ ledger }: { ledger: Disclosure }) {
  const say = useWords(words);
  const file = (format: string) => `/api/v1/disclosures/${ledger.id}/export.${format}`;
  return (
    <Section id="save" title={say.save}>
      <div class="saves">
        <a class="btn quiet" href={file("xlsx")} download={`${ledger.title}.xlsx`}>
          {say.saveXlsx}
        </a>
        <a class="btn quiet" href={file("csv")} download={`${ledger.title}.csv`}>
          {say.saveCsv}
        </a>
        <ButtonLink look="quiet" href={`/v/${ledger.region_code}/print/accounts/${ledger.id}`}>
          {say.print}
        </ButtonLink>
      </div>
      <OpenData id={ledger.id} village={ledger.region_code} title={ledger.title} />
      {inWeChat() ? <p class="cap">{say.wechat}</p> : null}
      <p class="cap digest">
        {say.version(ledger.version)} · {say.digest} {ledger.content_sha256.slice(0, 16)}
      </p>
    </Section>
  );
}
