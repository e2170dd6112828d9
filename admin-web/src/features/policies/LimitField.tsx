import { limitUnits, word } from "@yidiantong/client";
import { InputNumber, Select, Space } from "antd";
import { useLanguage, useText } from "../../lib/i18n";
import type { Limit } from "../../lib/policy";
import { isAmount } from "./limit";
import { words } from "./words";

interface Props {
  id?: string;
  value?: Limit;
  onChange?: (limit: Limit | undefined) => void;
  /** What it limits, for those who hear the form. */
  what: string;
}

const NEW: Limit = { amount: 1, unit: "working_day", roll: "next_working_day" };

/** So much of a unit; emptied, there is no limit of its own. A wrong amount stays as typed, for whoever asks to say so. */
export function LimitField({ id, value, onChange, what }: Props) {
  const say = useText(words);
  const language = useLanguage();
  return (
    <Space.Compact className="limit-field">
      <InputNumber
        id={id}
        aria-label={say("amount", { what })}
        precision={0}
        {...(isAmount(value) ? {} : { status: "error", "aria-invalid": true })}
        value={value?.amount ?? null}
        onChange={(amount) => onChange?.(amount === null ? undefined : { ...NEW, ...value, amount })}
      />
      <Select
        aria-label={say("unit", { what })}
        value={value?.unit ?? "working_day"}
        disabled={value === undefined}
        popupMatchSelectWidth={false}
        onChange={(unit) => onChange?.({ ...NEW, ...value, unit })}
        options={(Object.keys(limitUnits) as Limit["unit"][]).map((unit) => ({
          value: unit,
          label: word(limitUnits, unit, language),
        }))}
      />
      {value?.unit === "calendar_day" ? (
        <Select
          aria-label={say("roll", { what })}
          value={value.roll ?? "next_working_day"}
          popupMatchSelectWidth={false}
          onChange={(roll) => onChange?.({ ...value, roll })}
          options={(["next_working_day", "none"] as const).map((roll) => ({ value: roll, label: say(roll) }))}
        />
      ) : null}
    </Space.Compact>
  );
}
