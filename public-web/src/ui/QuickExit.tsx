// In reach on every page that shows what somebody writes or has written.
import { useWords } from "../lib/i18n";
import { leaveNow } from "../lib/leave";
import { Icon } from "./Icon";

const words = {
  zh: { leave: "马上离开", hint: "马上离开，换成空白页" },
  en: { leave: "Leave now", hint: "Leave now, to an empty page" },
};

export function QuickExit() {
  const say = useWords(words);
  return (
    <div class="exit">
      <div class="column">
        <button type="button" aria-label={say.hint} onClick={leaveNow}>
          <Icon name="close" size={1} />
          {say.leave}
        </button>
      </div>
    </div>
  );
}
