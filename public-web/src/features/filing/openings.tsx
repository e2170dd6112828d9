// What may have to be settled before the first step.
import { useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";
import { Button, ButtonLink } from "../../ui/parts";
import { Empty } from "../../ui/states";
import { words } from "./words";

export function NoVillage() {
  const say = useWords(words);
  return (
    <Page title={say.bar} bar={say.bar} back="/">
      <Empty icon="pin" title={say.needVillage}>
        <p>{say.needVillageHint}</p>
        <ButtonLink look="main" href="/?find&to=new">
          {say.pickVillage}
        </ButtonLink>
      </Empty>
    </Page>
  );
}

export function TwoDrafts({ onOld, onNew }: { onOld: () => void; onNew: () => void }) {
  const say = useWords(words);
  return (
    <Page title={say.two} bar={say.bar} back="/">
      <p>{say.twoHint}</p>
      <div class="stack">
        <Button look="main" wide onClick={onOld}>
          {say.twoOld}
        </Button>
        <Button look="quiet" wide onClick={onNew}>
          {say.twoNew}
        </Button>
      </div>
    </Page>
  );
}
