// What has just been done here, or could not be: told where it is seen and heard.
import { useEffect, useRef } from "preact/hooks";
import { useWords } from "../../lib/i18n";
import { Icon } from "../../ui/Icon";
import { Notice } from "../../ui/parts";
import type { Case } from "./useCase";
import { words } from "./words";

export function Told({ open }: { open: Case }) {
  const say = useWords(words);
  const box = useRef<HTMLDivElement>(null);
  const { done, problem } = open;
  useEffect(() => {
    // What was written has gone with its form: the focus needs a place, and the eye a word.
    if (done !== null || problem !== null) {
      box.current?.focus({ preventScroll: true });
      box.current?.scrollIntoView({ block: "center" });
    }
  }, [done, problem]);
  const good = {
    message: say.sent,
    supplement: say.supplementSent,
    rate: say.rated,
    dispute: say.disputed,
    withdraw: say.withdrawn,
    refresh: say.refreshed,
  };
  const unknown = problem?.code === "outcome_unknown";
  return (
    <div class="told" tabIndex={-1} ref={box}>
      <div role="status">
        {done === null ? null : (
          <Notice tone="good" icon="check">
            <p>{good[done]}</p>
          </Notice>
        )}
      </div>
      {problem === null ? null : (
        <div class="notice wait" role="alert">
          <Icon name={problem.kind === "offline" ? "offline" : "clock"} />
          <div>
            <p class="strong">{unknown ? say.notKnown : say.failed}</p>
            <p>
              {problem.code === "illegal_state"
                ? say.moved
                : unknown || problem.kind === "refused"
                  ? problem.detail
                  : say.failedHint}
            </p>
            {problem.errors.map((one) => (
              <p key={one.pointer}>{one.detail}</p>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
