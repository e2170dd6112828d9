// Erases all that this phone keeps, for whoever hands it on. Asks once more when something would be lost.
import { useState } from "preact/hooks";
import { clearPhone } from "../../lib/clear";
import { hasWords, useDraft } from "../../lib/draft";
import { useWords } from "../../lib/i18n";
import { useKept } from "../../lib/kept";
import { useLetters } from "../../lib/outbox";
import { Button } from "../../ui/parts";
import { Sure } from "../../ui/Sure";
import { words } from "./words";

export function Clear() {
  const say = useWords(words);
  const writing = hasWords(useDraft());
  const letters = useLetters();
  const unsent = writing || letters.some(({ receipt }) => receipt === null);
  const codes = useKept();
  const kept = codes.length > 0 || letters.some(({ receipt }) => receipt !== null);
  const [sure, setSure] = useState(false);
  const [cleared, setCleared] = useState(false);
  const erase = async () => {
    setSure(false);
    await clearPhone();
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
