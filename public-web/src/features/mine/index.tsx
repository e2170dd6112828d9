// What this phone keeps of its reader's concerns, and the way to erase it.
import { useWords } from "../../lib/i18n";
import { useKept } from "../../lib/kept";
import { OutboxCards } from "../../ui/OutboxCards";
import { Page } from "../../ui/Page";
import { ButtonLink, Section } from "../../ui/parts";
import { Empty } from "../../ui/states";
import { Clear } from "./Clear";
import { KeptRow } from "./KeptRow";
import { UnsentDraft } from "./UnsentDraft";
import { words } from "./words";
import "./mine.css";

export default function MinePage() {
  const say = useWords(words);
  const kept = useKept();
  return (
    <Page title={say.title} bar={say.bar} back="/">
      <OutboxCards />
      <UnsentDraft />
      {kept.length === 0 ? (
        <Empty icon="receipt" title={say.none}>
          <p>{say.noneHint}</p>
        </Empty>
      ) : (
        <Section id="kept" title={say.kept}>
          <ul class="kept-list">
            {kept.map((receipt) => (
              <KeptRow key={receipt.code} receipt={receipt} />
            ))}
          </ul>
        </Section>
      )}
      <div class="stack mine-acts">
        <ButtonLink look="main" wide icon="search" href="/receipt">
          {say.enter}
        </ButtonLink>
        <p class="cap">{say.enterHint}</p>
        <ButtonLink look="ask" wide icon="speech" href="/new">
          {say.file}
        </ButtonLink>
      </div>
      <Clear />
    </Page>
  );
}
