// The steps in their order: a real list, with lines between its numbers for the eye.
import { useWords } from "../../lib/i18n";
import type { Power } from "../../lib/reads";
import { Button, Tag } from "../../ui/parts";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

export type Step = Power["steps"][number];

export function Flow({ steps, ask }: { steps: readonly Step[]; ask: (step: Step) => void }) {
  return (
    <ol class="card flow">
      {steps.map((step) => (
        <FlowStep key={step.no} step={step} ask={() => ask(step)} />
      ))}
    </ol>
  );
}

function FlowStep({ step, ask }: { step: Step; ask: () => void }) {
  const say = useWords(words);
  const limit = typeof step.limit === "number" ? say.limit[step.limit_unit ?? "working_day"] : undefined;
  return (
    <li>
      <span class="no" aria-hidden="true">
        {step.no}
      </span>
      <b id={`step-${step.no}`}>
        <Zh>{step.name}</Zh>
      </b>
      <p>
        <span class="who">
          <Zh>{step.actor}</Zh>
        </span>
        {limit === undefined ? null : <span class="when">{limit(step.limit ?? 0)}</span>}
      </p>
      {typeof step.publish === "string" ? (
        <p class="cap">
          <Zh>{say.publishHow(step.publish)}</Zh>
        </p>
      ) : null}
      {step.publish === true || step.record_required ? (
        <p class="tags">
          {step.publish === true ? <Tag tone="good">{say.publish}</Tag> : null}
          {step.record_required ? <Tag>{say.record}</Tag> : null}
        </p>
      ) : null}
      <Button look="ask" onClick={ask} aria-describedby={`step-${step.no}`}>
        {say.askStep}
      </Button>
    </li>
  );
}
