// Erases all that this phone keeps, for whoever hands it on. Asks once more when something would be lost.
import { useState } from "preact/hooks";
import { eraseDraft, hasWords, useDraft } from "../../lib/draft";
import { forgetViews } from "../../lib/filed";
import { useWords } from "../../lib/i18n";
import { dropAllReceipts, useKept } from "../../lib/kept";
import { forgetVillage } from "../../lib/settings";
import { purgeSaved } from "../../lib/storage";
import { Button } from "../../ui/parts";
import { Sure } from "./Sure";
import { words } from "./words";

export function Clear() {
  const say = useWords(words);
  const unsent = hasWords(useDraft());
  const kept = useKept().length > 0;
  const [sure, setSure] = useState(false);
  const [cleared, setCleared] = useState(false);
  const erase = () => {
    eraseDraft();
    dropAllReceipts();
    forgetViews();
    forgetVillage();
    purgeSaved();
    setSure(false);
    setCleared(true);
  };
  const more = [...(unsent ? [say.clearUnsent] : []), ...(kept ? [say.clearKept] : [])];
  return (
    <div class="clear">
      {sure ? (
        <Sure
          question={say.clearAsk}
          more={more}
          yes={say.clearYes}
          no={say.clearNo}
          onYes={erase}
          onNo={() => setSure(false)}
        />
      ) : (
        <>
          <Button look="quiet" wide icon="trash" onClick={() => (more.length > 0 ? setSure(true) : erase())}>
            {say.clear}
          </Button>
          <p class="cap">{say.clearHint}</p>
        </>
      )}
      <p role="status" class="strong">
        {cleared ? say.cleared : ""}
      </p>
    </div>
  );
}
