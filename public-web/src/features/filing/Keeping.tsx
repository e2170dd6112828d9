// Whether what is written may stay on this phone: asked once, calmly, where it is written; told ever after.
import { useEffect, useState } from "preact/hooks";
import { chooseKeeping, hasWords, useDraft, useDraftKept } from "../../lib/draft";
import { useWords } from "../../lib/i18n";
import { Icon } from "../../ui/Icon";
import { Button } from "../../ui/parts";
import { idOf } from "./useFaults";
import { words } from "./words";

export function KeepAsk() {
  const say = useWords(words);
  const draft = useDraft();
  const kept = useDraftKept();
  // Asked when typing begins, not when a page is opened again.
  const [open, setOpen] = useState(false);
  const wanted = kept === null && hasWords(draft);
  useEffect(() => {
    if (wanted) setOpen(true);
  }, [wanted]);
  if (!open || kept !== null) return null;
  const choose = (yes: boolean) => {
    chooseKeeping(yes);
    // The panel goes; the writer goes on writing.
    document.getElementById(idOf("text"))?.focus({ preventScroll: true });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question in the flow, not a form of its own.
    <div class="ask-panel" role="group" aria-label={say.keepAsk}>
      <p class="strong" role="status">
        {say.keepAsk}
      </p>
      <p class="cap">{say.keepHint}</p>
      <div class="buttons">
        <Button onClick={() => choose(true)}>{say.keepYes}</Button>
        <Button look="quiet" onClick={() => choose(false)}>
          {say.keepNo}
        </Button>
      </div>
    </div>
  );
}

/** Above the button that goes on: what happens to the words if the page is closed. */
export function SavedLine() {
  const say = useWords(words);
  const draft = useDraft();
  const kept = useDraftKept();
  const silent = kept === null || !hasWords(draft);
  return (
    <div role="status">
      {silent ? null : (
        <p class={`saved ${kept ? "" : "not"}`}>
          <Icon name={kept ? "check" : "info"} size={1.1} />
          <span>{kept ? say.keptYes : say.keptNo}</span>
        </p>
      )}
    </div>
  );
}
