// Every version of what was published: why it was corrected, and what changed, line by line and cell by cell. And that it was withdrawn.
import { day } from "../lib/format";
import { useLanguage, useWords } from "../lib/i18n";
import { useLoad } from "../lib/load";
import { type Disclosure, readVersions, type Version } from "../lib/reads";
import { Notice, Section } from "./parts";
import { Loaded } from "./states";
import "./versions.css";
import { WholeLines } from "./WholeLines";
import { Zh } from "./Zh";

const words = {
  zh: {
    withdrawn: (when: string) => `已于 ${when}撤回，明细不再显示。`,
    withdrawnWhy: (why: string) => `原因：${why}`,
    versions: "各个版本",
    version: (version: number) => `第 ${version} 版`,
    published: (when: string) => `${when}公布。`,
    why: (why: string) => `更正原因：${why}`,
    changes: (added: number, removed: number, changed: number, unit: string) =>
      `新增 ${added} ${unit}，删除 ${removed} ${unit}，改动 ${changed} ${unit}`,
    entry: (no: number, unit: string) => `第 ${no} ${unit}`,
    /** By their fields; without one the heading stands as it was published. */
    columns: {} as Readonly<Record<string, string>>,
    colon: "：",
    masked: "（改动在遮盖的部分）",
    digest: "内容校验码",
  },
  en: {
    withdrawn: (when: string) => `Withdrawn on ${when}; its entries are no longer shown.`,
    withdrawnWhy: (why: string) => `Why: ${why}`,
    versions: "Versions",
    version: (version: number) => `Version ${version}`,
    published: (when: string) => `Published on ${when}. `,
    why: (why: string) => `Why it was corrected: ${why}`,
    changes: (added: number, removed: number, changed: number, _unit: string) =>
      `${added} added, ${removed} removed, ${changed} changed`,
    entry: (no: number, _unit: string) => `Entry ${no}`,
    columns: {
      no: "No.",
      date: "Date",
      voucher_no: "Voucher",
      summary: "What for",
      income: "Income (yuan)",
      expense: "Spent (yuan)",
      balance: "Balance (yuan)",
      account_code: "Account",
      fund_source: "Source of the money",
      payee: "Paid to or by",
      handled_by: "Handled by",
      witnessed_by: "Witnessed by",
      approved_by: "Approved by",
      file_count: "Vouchers",
      opening_fen: "Opening balance (yuan)",
      closing_fen: "Closing balance (yuan)",
    } as Readonly<Record<string, string>>,
    colon: ": ",
    masked: " (the change is in what is masked)",
    digest: "checksum",
  },
};

/** What was taken back says so itself, and what stood there before. */
export function Withdrawn({ of }: { of: Disclosure }) {
  const say = useWords(words);
  const language = useLanguage();
  if (of.withdrawal == null) return null;
  return (
    <Notice tone="wait">
      <p class="strong">{say.withdrawn(day(of.withdrawal.at, language))}</p>
      <p>
        <Zh>{say.withdrawnWhy(of.withdrawal.reason)}</Zh>
      </p>
    </Notice>
  );
}

export function Versions({ of }: { of: Disclosure }) {
  const say = useWords(words);
  const versions = useLoad(() => readVersions(of.id), [of.id]);
  return (
    <Section id="versions" title={say.versions}>
      <Loaded of={versions} lines={2}>
        {({ items }) => (
          <>
            {items.map((one) => (
              <OneVersion key={one.version} of={one} unit={of.kind === "ledger" ? "笔" : "条"} />
            ))}
          </>
        )}
      </Loaded>
    </Section>
  );
}

/** `unit`: what an entry is called in Chinese. */
function OneVersion({ of, unit }: { of: Version; unit: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const { diff, withdrawal } = of;
  return (
    <div class="card padded version">
      <p class="strong">
        {say.version(of.version)} {of.published_at ? say.published(day(of.published_at, language)) : null}
      </p>
      {of.reason ? (
        <p>
          <Zh>{say.why(of.reason)}</Zh>
        </p>
      ) : null}
      {withdrawal ? <p>{say.withdrawn(day(withdrawal.at, language))}</p> : null}
      {diff ? (
        <>
          <p class="cap">{say.changes(diff.added_count, diff.removed_count, diff.changed_count, unit)}</p>
          <ul>
            {diff.balances.map(({ name, heading, before, after }) => (
              <li key={name}>
                {`${say.columns[name] ?? heading}${say.colon}`}
                <del>{before}</del> → <ins>{after}</ins>
              </li>
            ))}
            {diff.changed.map(({ after_no, cells }) =>
              cells.map(({ name, heading, before, after }) => (
                <li key={`${after_no} ${name}`}>
                  {`${say.entry(after_no, unit)} ${say.columns[name] ?? heading}${say.colon}`}
                  <del>{before}</del> → <ins>{after}</ins>
                  {before === after ? say.masked : null}
                </li>
              )),
            )}
          </ul>
          {(["removed", "added"] as const).map((what) => (
            <WholeLines
              key={what}
              what={what}
              lines={diff[what]}
              count={diff[`${what}_count`]}
              unit={unit}
              columns={say.columns}
            />
          ))}
        </>
      ) : null}
      <p class="cap digest">
        {say.digest} {of.content_sha256.slice(0, 16)}
      </p>
    </div>
  );
}
