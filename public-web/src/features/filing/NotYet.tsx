// It did not work: calmly, that nothing is handed in yet, that nothing is lost, and what to do.
import { useEffect, useRef } from "preact/hooks";
import type { Problem } from "../../lib/api";
import { useWords } from "../../lib/i18n";
import { Icon } from "../../ui/Icon";
import { words } from "./words";

export function NotYet({ problem }: { problem: Problem }) {
  const say = useWords(words);
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new failure is told, also the same one.
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "start" });
  }, [problem]);
  // After these the request may have been carried out; the receipt is what tells.
  const unknown = problem.code === "outcome_unknown";
  const unsure =
    unknown || problem.kind === "timeout" || problem.kind === "unreachable" || problem.kind === "server";
  const said = unknown || problem.kind === "refused" || problem.kind === "not_found" ? problem.detail : "";
  return (
    <div class="notice wait notyet" role="alert" tabIndex={-1} ref={box}>
      <Icon name={problem.kind === "offline" ? "offline" : "clock"} />
      <div>
        <h2>{unknown ? say.notKnown : say.notYet}</h2>
        <p>{said || say.why[problem.kind]}</p>
        <p>
          {unsure ? say.unsure : say.stillHere}
          {problem.kind === "busy" && problem.retryAfter !== null
            ? ` ${say.waitFor(problem.retryAfter)}`
            : ""}
        </p>
        {problem.kind !== "server" || problem.requestId === null ? null : (
          <p class="cap">{say.requestId(problem.requestId)}</p>
        )}
      </div>
    </div>
  );
}
