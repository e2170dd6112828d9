// One published table of whatever kind: on a phone each row is a small list of what it says, by its columns.
import { useState } from "preact/hooks";
import { day, exactMoney, money, period } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { type Load, useLoad } from "../../lib/load";
import { fileAbout } from "../../lib/navigate";
import { periodsBetween } from "../../lib/periods";
import { type DisclosureDetail, isTableLine, readLines, readTables, type TableLine } from "../../lib/reads";
import { Versions, Withdrawn } from "../../ui/DisclosureVersions";
import { LineAnswers } from "../../ui/LineAnswers";
import { OpenData } from "../../ui/OpenData";
import { Button, ButtonLink, Notice, Section } from "../../ui/parts";
import { ReadAloud } from "../../ui/ReadAloud";
import { useSought, useWantedLine } from "../../ui/sought";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { categoryOfKind } from "./category";
import { groupName, told } from "./told";
import { words } from "./words";

export function Table({ of }: { of: DisclosureDetail }) {
  if (of.withdrawal != null) {
    return (
      <>
        <Withdrawn of={of} />
        <Versions of={of} />
      </>
    );
  }
  return <Published of={of} />;
}

/** The lines about people have left the web at the end of their time; what they add up to has not. */
const isTakenDown = (load: Load<unknown>): boolean =>
  load.state === "failed" && load.problem.code === "lines_taken_down";

function Published({ of }: { of: DisclosureDetail }) {
  const say = useWords(words);
  const language = useLanguage();
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  // Asked for here too, which costs nothing: what stands below would jump away from the finger that reaches for it.
  const first = useLoad(() => readLines(of.id, null), [of.id]);
  const spoken = [
    of.title,
    say.all(of.line_count),
    ...of.totals.map(({ key, group, total }) => {
      const name = of.columns.find((column) => column.key === key)?.name ?? key;
      return `${groupName(group, language)}${name}${say.colon}${typeof total === "number" ? money(total, language) : total}`;
    }),
  ];
  if (isTakenDown(first)) {
    return (
      <>
        <ReadAloud text={spoken} />
        <Vouched of={of} />
        <Totals of={of} />
        <div class="after">
          <Notice tone="plain">
            <p class="strong">{say.takenDown(of.unpublish_at ? day(of.unpublish_at, language) : "")}</p>
            <p>{say.takenDownHint}</p>
          </Notice>
        </div>
      </>
    );
  }
  return (
    <>
      <ReadAloud text={spoken} />
      <Vouched of={of} />
      <Totals of={of} />
      <Section id="rows" title={say.all(of.line_count)}>
        {cursors.map((cursor, at) => (
          <Rows
            key={cursor ?? "first"}
            of={of}
            cursor={cursor}
            more={at === cursors.length - 1 ? (next) => setCursors([...cursors, next]) : null}
          />
        ))}
      </Section>
      {first.state === "loading" ? null : (
        <>
          {of.version > 1 ? <Versions of={of} /> : null}
          <Save of={of} />
        </>
      )}
    </>
  );
}

function Vouched({ of }: { of: DisclosureDetail }) {
  const say = useWords(words);
  const language = useLanguage();
  const signed = of.signoffs[0]?.at;
  return (
    <Notice tone={signed === undefined ? "wait" : "good"}>
      <p>
        {signed === undefined ? null : say.signed(day(signed, language))}
        {of.published_at ? say.published(day(of.published_at, language)) : null}
        {of.posting_until ? say.posted(day(of.posting_until, language)) : null}
        {of.columns.some(({ masked }) => masked) ? say.surname : null}
      </p>
      {of.version > 1 ? <p class="strong">{say.corrected(of.version)}</p> : null}
      {of.kind === GOES_ON ? <Gap of={of} /> : null}
    </Notice>
  );
}

/** The kind of table that begins with what the one before it ended with. */
const GOES_ON = "receivables_payables";

/** Where the table before it is missing or was withdrawn. */
function Gap({ of }: { of: DisclosureDetail }) {
  const say = useWords(words);
  const language = useLanguage();
  const all = useLoad(() => readTables(of.region_code), [of.region_code]);
  if (all.state !== "ready") return null;
  // The newest first.
  const same = all.data.items.filter(({ kind }) => kind === of.kind);
  const before = same[same.findIndex(({ id }) => id === of.id) + 1];
  if (before === undefined || !same.some(({ id }) => id === of.id)) return null;
  const gaps = periodsBetween(before.period, of.period);
  return (
    <>
      {gaps.length > 0 ? (
        <p class="strong">{say.gap(gaps.map((each) => period(each, language)).join(say.and))}</p>
      ) : null}
      {before.withdrawal ? <p class="strong">{say.gapWithdrawn(period(before.period, language))}</p> : null}
    </>
  );
}

function Totals({ of }: { of: DisclosureDetail }) {
  const say = useWords(words);
  const language = useLanguage();
  if (of.totals.length === 0) return null;
  return (
    <section class="card totals" aria-label={say.totals}>
      <dl>
        {of.totals.map(({ key, group, total }) => {
          const column = of.columns.find((each) => each.key === key);
          return (
            <div key={`${group} ${key}`}>
              <dt>
                {groupName(group, language)}
                {column?.name ?? key}
              </dt>
              <dd>{typeof total === "number" ? exactMoney(total, language) : String(total)}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function Rows(props: {
  of: DisclosureDetail;
  cursor: string | null;
  more: ((cursor: string) => void) | null;
}) {
  const say = useWords(words);
  const { of, cursor, more } = props;
  const page = useLoad(() => readLines(of.id, cursor), [of.id, cursor]);
  const wanted = useWantedLine(page, more);
  return (
    <Loaded of={page} lines={4}>
      {({ items, next_cursor: next }) => (
        <>
          <ul class="table-rows">
            {items.filter(isTableLine).map((line) => (
              <Row key={line.id} line={line} of={of} wanted={line.id === wanted} />
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

function Row({ line, of, wanted }: { line: TableLine; of: DisclosureDetail; wanted: boolean }) {
  const say = useWords(words);
  const language = useLanguage();
  const place = useSought<HTMLLIElement>(wanted);
  const { label, rest } = told(line, of.columns, language);
  const ask = () =>
    fileAbout({
      region_code: of.region_code,
      about: { type: "disclosure_line", id: line.id },
      label,
      category: categoryOfKind(of.kind),
    });
  return (
    <li class={wanted ? "card table-row wanted" : "card table-row"} ref={place}>
      <p class="what">
        <b id={`row-${line.id}`}>
          {line.no}. <Zh>{label}</Zh>
        </b>
      </p>
      <dl>
        {rest.map(({ column, text }) => (
          <div key={column.key}>
            <dt>{column.name}</dt>
            <dd>{column.type === "text" ? <Zh>{text}</Zh> : text}</dd>
          </div>
        ))}
      </dl>
      {line.account_plain_name ? <p class="cap">{line.account_plain_name}</p> : null}
      <Button look="ask" onClick={ask} aria-describedby={`row-${line.id}`}>
        {say.ask}
      </Button>
      <LineAnswers line={line} of={of} shown={wanted} />
    </li>
  );
}

function Save({ of }: { of: DisclosureDetail }) {
  const say = useWords(words);
  const file = (format: string) => `/api/v1/disclosures/${of.id}/export.${format}`;
  return (
    <Section id="save" title={say.save}>
      <div class="saves">
        <a class="btn quiet" href={file("xlsx")} download={`${of.title}.xlsx`}>
          {say.saveXlsx}
        </a>
        <a class="btn quiet" href={file("csv")} download={`${of.title}.csv`}>
          {say.saveCsv}
        </a>
        <ButtonLink look="quiet" href={`/v/${of.region_code}/print/tables/${of.id}`}>
          {say.print}
        </ButtonLink>
      </div>
      <OpenData id={of.id} village={of.region_code} title={of.title} />
    </Section>
  );
}
