import { Button, Checkbox, Input, InputNumber, Select } from "antd";
import { useText } from "../../lib/i18n";
import { moved, type Step } from "./item";
import { words } from "./words";

const UNITS = ["working_day", "calendar_day", "clock_hour"] as const;

/** The steps in their order, each to be changed, moved and taken out. */
export function Steps({ steps, onChange }: { steps: readonly Step[]; onChange: (steps: Step[]) => void }) {
  const say = useText(words);
  const put = (at: number, change: Partial<Step>) =>
    onChange(steps.map((step, no) => (no === at ? { ...step, ...change } : step)));
  const add = () =>
    onChange([...steps, { no: steps.length + 1, name: "", actor: "", record_required: true }]);
  return (
    <fieldset className="power-steps">
      <legend>{say("steps")}</legend>
      <ol>
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other name than its place.
          <li key={at}>
            <Line at={at} name="step_name" value={step.name} onChange={(name) => put(at, { name })} />
            <Line at={at} name="actor" value={step.actor} onChange={(actor) => put(at, { actor })} />
            <Line
              at={at}
              name="posting"
              value={typeof step.publish === "string" ? step.publish : ""}
              onChange={(text) => put(at, { publish: text === "" ? null : text })}
            />
            <div className="power-step-end">
              <InputNumber
                aria-label={say("limit")}
                placeholder={say("limit")}
                min={1}
                max={400}
                value={step.limit ?? null}
                onChange={(limit) =>
                  put(at, { limit, limit_unit: limit === null ? null : (step.limit_unit ?? "working_day") })
                }
              />
              <Select
                aria-label={say("limit_unit")}
                disabled={step.limit === null || step.limit === undefined}
                value={step.limit_unit ?? "working_day"}
                onChange={(limit_unit) => put(at, { limit_unit })}
                options={UNITS.map((unit) => ({ value: unit, label: say(unit) }))}
              />
              <Checkbox
                checked={step.record_required}
                onChange={(event) => put(at, { record_required: event.target.checked })}
              >
                {say("record")}
              </Checkbox>
              <span className="power-step-order">
                <Button size="small" disabled={at === 0} onClick={() => onChange(moved(steps, at, -1))}>
                  {say("up")}
                </Button>
                <Button
                  size="small"
                  disabled={at === steps.length - 1}
                  onClick={() => onChange(moved(steps, at, 1))}
                >
                  {say("down")}
                </Button>
                <Button size="small" onClick={() => onChange(steps.filter((_, no) => no !== at))}>
                  {say("drop")}
                </Button>
              </span>
            </div>
          </li>
        ))}
      </ol>
      <Button onClick={add}>{say("add_step")}</Button>
    </fieldset>
  );
}

interface LineProps {
  at: number;
  name: "step_name" | "actor" | "posting";
  value: string;
  onChange: (text: string) => void;
}

function Line({ at, name, value, onChange }: LineProps) {
  const say = useText(words);
  const id = `step-${at}-${name}`;
  return (
    <>
      <label htmlFor={id}>{say(name)}</label>
      <Input id={id} value={value} onChange={(event) => onChange(event.target.value)} />
    </>
  );
}
