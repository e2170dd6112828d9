// The steps in their order: a real list, with lines between its numbers for the eye.
import { useWords } from "../../lib/i18n";
import type { Power } from "../../lib/reads";
import { Tag } from "../../ui/parts";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

type Step = Power["steps"][number];

export function Flow({ steps }: { steps: readonly Step[] }) {
  return (
    <ol class="card flow">
      {steps.map((step) => (
        <FlowStep key={step.no} step={step} />
      ))}
    </ol>
  );
}

function FlowStep({ step }: { step: Step }) {
  const say = useWords(words);
  const limit = typeof step.limit === "number" ? say.limit[step.limit_unit ?? "working_day"] : undefined;
  return (
    <li>
      <span class="no" aria-hidden="true">
        {step.no}
      </span>
      <b>
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
    </li>
  );
}
