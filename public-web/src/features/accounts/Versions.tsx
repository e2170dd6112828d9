// Every version of a ledger: why it was corrected, and what changed, cell by cell.
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { type Disclosure, readVersions, type Version } from "../../lib/reads";
import { Section } from "../../ui/parts";
import { Loaded } from "../../ui/states";
import { words } from "./words";

export function Versions({ ledger }: { ledger: Disclosure }) {
  const say = useWords(words);
  const versions = useLoad(() => readVersions(ledger.id), [ledger.id]);
  return (
    <Section id="versions" title={say.versions}>
      <Loaded of={versions} lines={2}>
        {({ items }) => (
          <>
            {items.map((one) => (
              <OneVersion key={one.version} of={one} />
            ))}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function OneVersion({ of }: { of: Version }) {
  const say = useWords(words);
  const language = useLanguage();
  const { diff, withdrawal } = of;
  return (
    <div class="card padded version">
      <p class="strong">
        {say.version(of.version)} {of.published_at ? say.published(day(of.published_at, language)) : null}
      </p>
      {of.reason ? <p>{say.why(of.reason)}</p> : null}
      {withdrawal ? <p>{say.withdrawn(day(withdrawal.at, language))}</p> : null}
      {diff ? (
        <>
          <p class="cap">{say.changes(diff.added_count, diff.removed_count, diff.changed_count)}</p>
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
                  {`${say.entry(after_no)} ${say.columns[name] ?? heading}${say.colon}`}
                  <del>{before}</del> → <ins>{after}</ins>
                </li>
              )),
            )}
          </ul>
        </>
      ) : null}
      <p class="cap digest">
        {say.digest} {of.content_sha256.slice(0, 16)}
      </p>
    </div>
  );
}
