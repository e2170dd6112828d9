import { kinds, recipients, stages, steps, word } from "@yidiantong/client";
import { Checkbox, Form, Input, InputNumber, Select } from "antd";
import type { Rule } from "antd/es/form";
import { useLanguage, useText } from "../../lib/i18n";
import { KINDS, type Limit, policyWords, STAGES, STEPS } from "../../lib/policy";
import { LimitField } from "./LimitField";
import { isAmount, LEAST, MOST } from "./limit";
import { isDelayed, type Typed } from "./policyForm";
import { words } from "./words";

/** The stages a kind may have limits of its own for. */
const OWN = STAGES.filter((stage) => stage !== "rate");
/** Clocks that a supplement can stop. */
const PAUSED = STAGES.filter((stage) => stage !== "rate");

function useLimitRules(): Rule[] {
  const say = useText(words);
  const fault = say("bad_amount", { least: LEAST, most: MOST });
  return [
    {
      validator: (_, limit: Limit | undefined) =>
        isAmount(limit) ? Promise.resolve() : Promise.reject(new Error(fault)),
    },
  ];
}

export function Limits() {
  const say = useText(words);
  const language = useLanguage();
  const rules = useLimitRules();
  const stage = (code: string) => word(stages, code, language);
  return (
    <>
      <fieldset>
        <legend>{say("stages")}</legend>
        <div className="policy-grid">
          {STAGES.map((code) => (
            <Form.Item key={code} name={["stages", code]} label={stage(code)} rules={rules}>
              <LimitField what={stage(code)} />
            </Form.Item>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{say("kinds")}</legend>
        {KINDS.map((kind) => (
          <div key={kind}>
            <h3>{word(kinds, kind, language)}</h3>
            <div className="policy-grid">
              {OWN.map((code) => (
                <Form.Item key={code} name={["per_kind", kind, code]} label={stage(code)} rules={rules}>
                  <LimitField what={`${word(kinds, kind, language)} ${stage(code)}`} />
                </Form.Item>
              ))}
            </div>
          </div>
        ))}
      </fieldset>
    </>
  );
}

export function Numbers() {
  const say = useText(words);
  const name = useText(policyWords);
  const language = useLanguage();
  const rules = useLimitRules();
  const number = (path: string | string[], label: keyof typeof policyWords, max: number) => (
    <Form.Item name={path} label={name(label)}>
      <InputNumber min={0} max={max} precision={0} />
    </Form.Item>
  );
  return (
    <>
      <fieldset>
        <legend>{say("warnings")}</legend>
        <div className="policy-grid">
          <Form.Item name={["warnings", "yellow_last"]} label={name("yellow_last")}>
            <Input maxLength={5} />
          </Form.Item>
          {number(["warnings", "yellow_days_at_most"], "yellow_days_at_most", 30)}
          <Form.Item name={["warnings", "blue_after"]} label={name("blue_after")}>
            <Input maxLength={5} />
          </Form.Item>
        </div>
      </fieldset>
      <fieldset>
        <legend>{say("others")}</legend>
        <Form.Item name="pause" label={name("pause")}>
          <Select
            mode="multiple"
            options={PAUSED.map((value) => ({ value, label: word(stages, value, language) }))}
          />
        </Form.Item>
        <div className="policy-grid">
          <Form.Item name={["supplement", "limit"]} label={name("supplement_limit")} rules={rules}>
            <LimitField what={name("supplement_limit")} />
          </Form.Item>
          {number(["supplement", "at_most"], "supplement_at_most", 10)}
          {number(["extension", "at_most"], "extension_at_most", 10)}
          {number(["extension", "within_days"], "extension_within_days", 90)}
          {number("return_days", "return_days", 60)}
          {number("returns_at_most", "returns_at_most", 10)}
          {number("posting_days", "posting_days", 3650)}
          {number("dispute_days", "dispute_days", 3650)}
          {number("retention_days", "retention_days", 36_500)}
        </div>
      </fieldset>
    </>
  );
}

export function Ladder({ typed }: { typed: Typed }) {
  const say = useText(words);
  const language = useLanguage();
  return (
    <fieldset>
      <legend>{say("ladder")}</legend>
      {STEPS.map((step) => (
        <div key={step} className="policy-rung">
          <Form.Item name={["ladder", step, "on"]} valuePropName="checked">
            <Checkbox>{say("step_on", { step: word(steps, step, language) })}</Checkbox>
          </Form.Item>
          {typed.ladder[step].on ? (
            <div className="policy-grid">
              {isDelayed(step) ? (
                <Form.Item name={["ladder", step, "after_working_days"]} label={say("after")}>
                  <InputNumber min={1} max={60} precision={0} />
                </Form.Item>
              ) : null}
              <Form.Item name={["ladder", step, "to"]} label={say("to")}>
                <Select
                  mode="multiple"
                  options={Object.keys(recipients).map((value) => ({
                    value,
                    label: word(recipients, value, language),
                  }))}
                />
              </Form.Item>
            </div>
          ) : null}
        </div>
      ))}
    </fieldset>
  );
}
