// What a ledger begins and ends with, for files that do not say it themselves.
import { parseYuan } from "@yidiantong/client";
import { Input } from "antd";
import { useText } from "../../lib/i18n";
import { Labelled } from "./Labelled";
import { uploadWords } from "./words";

const KEYS = ["opening", "closing"] as const;
type Key = (typeof KEYS)[number];
type Balances = Readonly<Record<Key, string>>;

export const NO_BALANCES: Balances = { opening: "", closing: "" };

export const isBad = (typed: string): boolean => typed.trim() !== "" && parseYuan(typed) === null;

export const isCsv = (file: File | null): boolean => file?.name.toLowerCase().endsWith(".csv") ?? false;

/** As the server reads amounts, whatever signs were typed around it. */
export function yuan(text: string): string | null {
  const fen = parseYuan(text);
  if (fen === null) return null;
  const digits = String(Math.abs(fen)).padStart(3, "0");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

interface Props {
  value: Balances;
  faults: Partial<Record<Key, string>>;
  onChange: (key: Key, next: Balances) => void;
}

export function BalanceFields({ value, faults, onChange }: Props) {
  const say = useText(uploadWords);
  return (
    <fieldset className="disc-fields disc-balances">
      <legend>{say("csv_hint")}</legend>
      {KEYS.map((key) => (
        <Labelled key={key} id={`disc-${key}`} label={say(key)} fault={faults[key]}>
          <Input
            id={`disc-${key}`}
            inputMode="decimal"
            value={value[key]}
            aria-invalid={faults[key] !== undefined}
            aria-describedby={faults[key] === undefined ? undefined : `disc-${key}-fault`}
            onChange={({ target }) => onChange(key, { ...value, [key]: target.value })}
          />
        </Labelled>
      ))}
    </fieldset>
  );
}
