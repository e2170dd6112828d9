import { actions, word } from "@yidiantong/client";
import { Button } from "antd";
import type { QueueItem } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import type { FormAction } from "../../ui/acts/actionBody";
import { BULK, keyOf } from "./actionKeys";
import { words } from "./words";

interface Props {
  items: readonly QueueItem[];
  keysOn: boolean;
  onAct: (action: FormAction) => void;
  onClear: () => void;
}

/** What can be done to the selected cases: whatever at least one of them allows. */
export function BulkBar({ items, keysOn, onAct, onClear }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const possible = BULK.filter((action) => items.some((item) => item.allowed_actions.includes(action)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's.
    <div className="bulk-bar" role="group" aria-label={say("bulk")}>
      <strong aria-live="polite">{say("picked", { n: items.length })}</strong>
      <span className="bulk-acts">
        {possible.map((action) => (
          <button key={action} type="button" onClick={() => onAct(action)}>
            {word(actions, action, language)} {keysOn ? <kbd>{keyOf(action)}</kbd> : null}
          </button>
        ))}
        {possible.length === 0 ? say("bulk_nothing") : null}
      </span>
      <Button type="text" onClick={onClear}>
        {say("bulk_clear")} {keysOn ? <kbd>Esc</kbd> : null}
      </Button>
    </div>
  );
}
