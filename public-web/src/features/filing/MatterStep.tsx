// Step 1: what it is about, in the villager's words, and whom.
import { useEffect, useState } from "preact/hooks";
import { useDraft } from "../../lib/draft";
import { useWords } from "../../lib/i18n";
import { go } from "../../lib/navigate";
import { FaultSummary, focusField, StepHeading } from "../../ui/form";
import { Outbox } from "../../ui/Outbox";
import { Page } from "../../ui/Page";
import { Button, StickyAction } from "../../ui/parts";
import { Loaded } from "../../ui/states";
import { About, Place } from "./About";
import { AnswerBy } from "./AnswerBy";
import { faultsOfMatter } from "./checks";
import { destination } from "./destination";
import { GoesTo } from "./GoesTo";
import { SavedLine } from "./Keeping";
import { CategoryChoice, KindChoice } from "./KindAndCategory";
import { Photos } from "./Photos";
import { Story } from "./Story";
import { TargetsChoice } from "./TargetsChoice";
import { idOf, readVisit, useFaults } from "./useFaults";
import { type Matter, useMatter } from "./useMatter";
import { words } from "./words";

export function MatterStep({ region }: { region: string }) {
  const say = useWords(words);
  const draft = useDraft();
  const load = useMatter(region);
  const [visit] = useState(() => readVisit(history.state));
  const found = useFaults(visit.faults);
  const ready = load.state === "ready";

  useEffect(() => {
    // The summary takes the focus by itself; only a plain "change" goes straight to its field.
    if (ready && visit.change !== null && visit.faults.length === 0) focusField(idOf(visit.change));
  }, [ready, visit]);

  const next = (matter: Matter) => {
    const outside = destination(draft, matter.units).to === "outside";
    if (found.show(faultsOfMatter(draft, matter.categories.categories, outside))) return;
    if (visit.change === null) go("/new/name");
    else history.back();
  };

  const title = say.docTitle(1, say.matterTitle);
  return (
    <Page
      title={found.items.length === 0 ? title : say.wrongTitle(title)}
      heading={<StepHeading at={1} of={3} words={say.step(1)} title={say.matterTitle} />}
      bar={say.bar}
      back="/"
      sticky={
        <StickyAction>
          <SavedLine />
          <Button look="main" wide disabled={!ready} onClick={() => ready && next(load.data)}>
            {visit.change === null ? say.nextName : say.backToCheck}
          </Button>
        </StickyAction>
      }
    >
      <Outbox />
      <FaultSummary title={say.summary} items={found.items} turn={found.turn} />
      <Loaded of={load} lines={5}>
        {(matter) => (
          <>
            <About />
            <Place path={matter.region.path} />
            <KindChoice kinds={matter.categories.kinds} found={found} />
            <AnswerBy region={matter.region.code} />
            <CategoryChoice categories={matter.categories.categories} found={found} />
            <Story found={found} />
            <Photos found={found} />
            <TargetsChoice matter={matter} found={found} />
            <GoesTo matter={matter} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
