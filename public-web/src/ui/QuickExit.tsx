// In reach on every page that shows what somebody writes or has written.
import { useEffect, useRef } from "preact/hooks";
import { useWords } from "../lib/i18n";
import { NEUTRAL } from "../lib/left";
import { Icon } from "./Icon";

const words = {
  zh: { leave: "马上离开", hint: "马上离开，换成空白页" },
  en: { leave: "Leave now", hint: "Leave now, to an empty page" },
};

export function QuickExit() {
  const say = useWords(words);
  // Here before it is needed, and after the page itself.
  const leave = useRef(() => location.replace(NEUTRAL));
  useEffect(() => {
    import("../lib/leave").then(
      ({ leaveNow }) => {
        leave.current = leaveNow;
      },
      () => undefined,
    );
  }, []);
  return (
    <div class="exit">
      <div class="column">
        <button type="button" aria-label={say.hint} onClick={() => leave.current()}>
          <Icon name="close" size={1} />
          {say.leave}
        </button>
      </div>
    </div>
  );
}
