// The newest ledger in three figures. They come with the first answer; what the money was spent on follows
// with the second, into a place that is kept free for it.

import { figure, percentOf, shortPeriod } from "../../lib/format";
import { labelled, useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { type Disclosure, readDisclosure, readDisclosures } from "../../lib/reads";
import { slices } from "../../lib/shares";
import { Notice, Section } from "../../ui/parts";
import { RaiseLink } from "../../ui/RaiseLink";
import { Empty, Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

const NAMED = 3;
/** Longer figures do not fit side by side on a narrow phone. */
const LONG = 8;

export function LatestAccounts({ code }: { code: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const list = useLoad(() => readDisclosures(code, 1), [code]);
  const latest = list.state === "ready" ? list.data.items[0] : undefined;
  const year = String(new Date().getFullYear());
  const title = latest === undefined ? say.latest : say.accounts(shortPeriod(latest.period, language, year));
  return (
    <Section
      id="latest"
      title={title}
      class="latest"
      aside={
        latest === undefined ? null : (
          <a href={`/v/${code}/accounts/${latest.period}`} aria-label={labelled(say.every, title)}>
            {say.every} ›
          </a>
        )
      }
    >
      <Loaded of={list} lines={3}>
        {() =>
          latest === undefined ? (
            <Empty icon="accounts" title={say.noLedger}>
              <p>{say.noLedgerHint}</p>
              <RaiseLink village={code} category="disclosure">
                {say.raiseThis}
              </RaiseLink>
            </Empty>
          ) : (
            <Figures ledger={latest} />
          )
        }
      </Loaded>
    </Section>
  );
}

function Figures({ ledger }: { ledger: Disclosure }) {
  const say = useWords(words);
  if (ledger.withdrawal != null) {
    return (
      <Notice tone="wait">
        <p>
          <Zh>{say.withdrawn(ledger.withdrawal.reason)}</Zh>
        </p>
      </Notice>
    );
  }
  const places = [
    [say.income, ledger.income_fen, ""],
    [say.expense, ledger.expense_fen, "out"],
    [say.closing, ledger.closing_fen, ""],
  ] as const;
  const long = places.some(([, fen]) => figure(fen).length > LONG);
  return (
    <div class="card figures">
      <dl class={long ? "long" : ""}>
        {places.map(([name, fen, look]) => (
          <div key={name}>
            <dt>
              {name}
              {say.unit}
            </dt>
            <dd class={look}>{figure(fen)}</dd>
          </div>
        ))}
      </dl>
      <Spent id={ledger.id} />
    </div>
  );
}

function Spent({ id }: { id: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const detail = useLoad(() => readDisclosure(id), [id]);
  if (detail.state === "failed" || detail.state === "offline")
    return <p class="spent cap">{say.barsFailed}</p>;
  if (detail.state === "loading") return <div class="spent waiting" aria-hidden="true" />;
  const parts = slices(detail.data.breakdown.expense, NAMED);
  if (parts.length === 0) return <p class="spent cap">{say.nothingSpent}</p>;
  const nameOf = (part: (typeof parts)[number]) => (part.rest ? say.other : (part.name ?? say.noAccount));
  return (
    <div class="spent">
      <div class="split" aria-hidden="true">
        {parts.map((part) => (
          <i key={part.key} class={`d${part.colour}`} style={{ flexGrow: Math.max(part.percent, 1) }} />
        ))}
      </div>
      <ul class="legend" aria-label={say.spent}>
        {parts.map((part) => (
          <li key={part.key}>
            <i class={`d${part.colour}`} aria-hidden="true" />
            <span>
              {nameOf(part)} <b class="keep">{percentOf(part, language)}</b>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
