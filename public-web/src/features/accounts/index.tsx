// The accounts of a village, a month at a time.
import { useRoute } from "preact-iso";
import { period, shortPeriod } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { fileAbout, go } from "../../lib/navigate";
import { type Disclosure, readDisclosures, readRegion } from "../../lib/reads";
import { MergedAt } from "../../ui/Merged";
import { OldAccounts } from "../../ui/OldAccounts";
import { Page } from "../../ui/Page";
import { Button, ButtonLink, Section, StickyAction } from "../../ui/parts";
import { RaiseLink } from "../../ui/RaiseLink";
import { Empty, Failed, Skeleton } from "../../ui/states";
import "./accounts.css";
import { Ledger } from "./Ledger";
import { type Neighbours, neighbours } from "./months";
import { words } from "./words";

export default function AccountsPage() {
  const say = useWords(words);
  const language = useLanguage();
  const { village: code = "", month } = useRoute().params;
  const list = useLoad(() => readDisclosures(code), [code]);
  const region = useLoad(() => readRegion(code), [code]);
  const bar = region.state === "ready" ? say.bar(region.data.short_name) : say.title;
  const home = `/v/${code}`;

  if (list.state !== "ready") {
    return (
      <Page title={month === undefined ? say.title : period(month, language)} bar={bar} back={home}>
        {list.state === "loading" ? (
          <Skeleton shown={list.shown} slow={list.slow} lines={5} />
        ) : (
          <Failed problem={list.problem} retry={list.retry} />
        )}
      </Page>
    );
  }
  const published = list.data.items;
  const around = neighbours(published, month);
  const { here } = around;
  if (here === undefined) {
    const none = published.length === 0;
    const title = none || month === undefined ? say.none : say.missing(period(month, language));
    // Later ones are there: this one's time is over.
    const isPast = month !== undefined && published.some((each) => each.period > month);
    return (
      <Page title={month === undefined ? say.title : period(month, language)} bar={bar} back={home}>
        <Empty icon="accounts" title={title}>
          <p>{none ? say.noneHint : isPast ? say.missingPast : say.missingHint}</p>
          {none ? null : <MonthChips code={code} published={published} />}
          <RaiseLink village={code} category="disclosure">
            {say.noneAct}
          </RaiseLink>
        </Empty>
      </Page>
    );
  }
  const ask = () =>
    fileAbout({ region_code: code, about: { type: "disclosure", id: here.id }, label: here.title });
  return (
    <Page
      title={period(here.period, language)}
      bar={bar}
      back={home}
      beside={<MonthSteps code={code} around={around} />}
      sticky={
        <StickyAction>
          <Button look="raise" onClick={ask}>
            {say.askAll}
          </Button>
        </StickyAction>
      }
    >
      <MergedAt code={code} />
      <Ledger key={here.id} ledger={here} older={around.older} />
      {published.length > 1 ? (
        <Section id="others" title={say.others}>
          <MonthChips code={code} published={published} here={here.period} />
        </Section>
      ) : null}
      <div class="stack after">
        {region.state === "ready" ? <OldAccounts village={region.data} /> : null}
        <ButtonLink look="quiet" wide href={`/v/${code}/tables`}>
          {say.tables}
        </ButtonLink>
      </div>
    </Page>
  );
}

/** Another month takes this one's place in the history: "back" leaves the accounts, not one month of them. */
function MonthLink(props: { code: string; to: string; class: string; here?: boolean; children: string }) {
  const href = `/v/${props.code}/accounts/${props.to}`;
  const open = (click: MouseEvent) => {
    if (click.ctrlKey || click.metaKey || click.shiftKey) return;
    click.preventDefault();
    click.stopPropagation();
    go(href, { replace: true });
    scrollTo(0, 0);
  };
  return (
    <a class={props.class} href={href} onClick={open} aria-current={props.here ? "page" : undefined}>
      {props.children}
    </a>
  );
}

function MonthSteps({ code, around }: { code: string; around: Neighbours<Disclosure> }) {
  const language = useLanguage();
  const { older, newer, here } = around;
  const year = here?.period.slice(0, 4) ?? "";
  return (
    <>
      {older === undefined ? null : (
        <MonthLink class="month older" code={code} to={older.period}>
          {`‹ ${shortPeriod(older.period, language, year)}`}
        </MonthLink>
      )}
      {newer === undefined ? null : (
        <MonthLink class="month newer" code={code} to={newer.period}>
          {`${shortPeriod(newer.period, language, year)} ›`}
        </MonthLink>
      )}
    </>
  );
}

function MonthChips(props: { code: string; published: readonly Disclosure[]; here?: string }) {
  const language = useLanguage();
  return (
    <ul class="chips">
      {props.published.map((each) => (
        <li key={each.id}>
          <MonthLink class="chip" code={props.code} to={each.period} here={each.period === props.here}>
            {period(each.period, language)}
          </MonthLink>
        </li>
      ))}
    </ul>
  );
}
