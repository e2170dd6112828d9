// After "submit", where it may be kept: it lies on the phone and is on its way. With its receipt this page makes room for
// that; without a line it says so, and that nothing is handed in yet.
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../../lib/api";
import { showFiled } from "../../lib/filed";
import { useWords } from "../../lib/i18n";
import { deliver, giveBack, start, useLetters } from "../../lib/outbox";
import { preloadPage } from "../../lib/preload";
import { OutboxCards } from "../../ui/OutboxCards";
import { Page } from "../../ui/Page";
import { ButtonLink } from "../../ui/parts";
import { faultsOfServer } from "./checks";
import { mend } from "./mend";
import { words } from "./words";

const keyOf = (state: unknown): string | null => {
  const key = (state as { sent?: unknown } | null)?.sent;
  return typeof key === "string" ? key : null;
};

export function SentStep() {
  const say = useWords(words);
  const [key] = useState(() => keyOf(history.state));
  const [done, setDone] = useState(false);

  useEffect(() => {
    const here = () => location.pathname === "/new/sent";
    const send = async () => {
      let failed = false;
      try {
        const sent = key === null ? null : await deliver(key);
        await preloadPage("/receipt").catch(() => undefined);
        if (sent !== null && here()) showFiled(sent.view, sent.earlier);
      } catch (reason) {
        failed = true;
        const faults = reason instanceof Problem ? faultsOfServer(reason.errors) : [];
        // What can be mended is given back to be mended.
        if (key !== null && faults.length > 0 && here() && (await giveBack(key)) !== null) mend(faults);
      }
      setDone(true);
      start(failed);
    };
    void send();
  }, [key]);

  const waits = useLetters().some(({ receipt }) => receipt === null);
  const title = !done ? say.sendingTitle : waits ? say.waitingTitle : say.arrivedTitle;
  return (
    <Page title={title} bar={say.bar} back="/">
      <OutboxCards />
      {done ? (
        <div class="stack goes">
          <ButtonLink look="quiet" wide href="/">
            {say.toHome}
          </ButtonLink>
        </div>
      ) : null}
    </Page>
  );
}
