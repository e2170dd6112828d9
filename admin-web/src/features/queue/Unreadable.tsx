// An address that asks for what there is not, mistyped or of another time: said in plain words, with one way out.
import { Alert, Button } from "antd";
import { useText } from "../../lib/i18n";
import type { ApiError } from "../../lib/problem";
import { words } from "./words";

/** Parts of the address, by the name that a person has for them. */
const NAMES = {
  state: "filter_state",
  light: "filter_light",
  region: "filter_region",
  category: "filter_category",
  due: "narrowed_due",
  waiting: "filter_waiting",
  unit: "filter_unit",
  counted: "filter_counted",
  month: "filter_month",
  rating: "filter_rating",
} as const;

const isNamed = (part: string): part is keyof typeof NAMES => Object.hasOwn(NAMES, part);

/** Which parts of the address the server cannot read; none where it refused for another reason. */
export const unreadable = (error: ApiError): readonly (keyof typeof NAMES)[] =>
  error.status === 400 || error.status === 422
    ? error.faults.map(({ pointer }) => pointer.replace(/^[/?]+/, "")).filter(isNamed)
    : [];

export function Unreadable({
  parts,
  onClear,
}: {
  parts: readonly (keyof typeof NAMES)[];
  onClear: () => void;
}) {
  const say = useText(words);
  const named = parts.map((part) => say(NAMES[part])).join(say("and"));
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={say("unreadable", { parts: named })}
      description={say("unreadable_do")}
      action={
        <Button type="primary" onClick={onClear}>
          {say("clear")}
        </Button>
      }
    />
  );
}
