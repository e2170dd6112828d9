import { formatPeriod } from "@yidiantong/client";
import { Select } from "antd";
import { useState } from "react";
import { useLanguage, useText } from "../../lib/i18n";
import { useStaff } from "../../lib/session";
import { chinaDay, useCaseNow } from "../../lib/time";
import { kindWords } from "../../ui/disclosureKinds";
import { SendButton } from "../../ui/SendButton";
import { BalanceFields, isBad, isCsv, NO_BALANCES, yuan } from "./Balances";
import {
  type DisclosureState,
  type Kind,
  lastMonth,
  longer,
  months,
  type Upload,
  useDisclosures,
  useVillages,
} from "./data";
import { FileField } from "./FileField";
import { Labelled } from "./Labelled";
import { KINDS } from "./Templates";
import { uploadWords, words } from "./words";

interface Props {
  busy: boolean;
  /** The file was read, and says nowhere what it begins or ends with. */
  asksBalances: boolean;
  kind: Kind;
  onKind: (kind: Kind) => void;
  /** Something was changed: what was found before is no longer about it. */
  onChange: () => void;
  /** Whether a file is chosen: that is what would be lost. */
  onFile: (chosen: boolean) => void;
  onCheck: (upload: Upload) => void;
}

type Field = "village" | "file" | "opening" | "closing";

export function UploadForm({ busy, asksBalances, kind, onKind, onChange, onFile, onCheck }: Props) {
  const say = useText(uploadWords);
  const sayRoom = useText(words);
  const sayKind = useText(kindWords);
  const language = useLanguage();
  const staff = useStaff();
  const villages = useVillages();
  const today = chinaDay(useCaseNow(60_000));
  const [chosen, setChosen] = useState<string | null>(
    staff.role === "village_clerk" ? staff.region_code : null,
  );
  const [month, setMonth] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [balances, setBalances] = useState(NO_BALANCES);
  const [faults, setFaults] = useState<Partial<Record<Field, string>>>({});
  const taken = useTaken(chosen, kind);
  const period = month ?? newest(today, taken);
  const hasBalances = kind === "ledger" && (isCsv(file) || (asksBalances && file !== null));

  const changed = (field: Field | null, change: () => void) => {
    change();
    if (field !== null) setFaults(({ [field]: _, ...others }) => others);
    onChange();
  };
  const submit = () => {
    const wrong: Partial<Record<Field, string>> = {};
    if (chosen === null) wrong.village = say("need_village");
    if (file === null) wrong.file = say("need_file");
    for (const key of ["opening", "closing"] as const) {
      if (hasBalances && isBad(balances[key])) wrong[key] = say("bad_amount");
    }
    setFaults(wrong);
    const first = Object.keys(wrong)[0];
    if (first !== undefined) document.getElementById(`disc-${first}`)?.focus();
    if (chosen === null || file === null || first !== undefined) return;
    const said = (text: string) => (hasBalances ? yuan(text) : null);
    const { opening, closing } = balances;
    onCheck({
      file,
      region: chosen,
      kind,
      period,
      opening: said(opening),
      closing: said(closing),
      columns: null,
    });
  };

  return (
    <form
      className="card disc-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="disc-fields">
        <Labelled id="disc-village" label={sayRoom("village")} fault={faults.village}>
          <Select
            id="disc-village"
            value={chosen}
            loading={villages.isPending}
            placeholder={say("need_village")}
            showSearch={{ optionFilterProp: "label" }}
            status={faults.village === undefined ? "" : "error"}
            onChange={(code) => changed("village", () => setChosen(code))}
            options={villages.data?.map(({ code, name }) => ({ value: code, label: name })) ?? []}
          />
        </Labelled>
        <Labelled id="disc-kind" label={say("kind")}>
          <Select
            id="disc-kind"
            value={kind}
            onChange={(value) => changed(null, () => onKind(value))}
            options={KINDS.map((value) => ({ value, label: sayKind(value) }))}
          />
        </Labelled>
        <Labelled id="disc-period" label={say("period")}>
          <Select
            id="disc-period"
            value={period}
            onChange={(value) => changed(null, () => setMonth(value))}
            options={[...months(today), ...longer(today)].map((value) => {
              const state = taken.get(value);
              const name = formatPeriod(value, language);
              return {
                value,
                label: state === undefined ? name : `${name}（${say(`period_${STATE_WORD[state]}`)}）`,
                disabled: state !== undefined && state !== "draft",
              };
            })}
          />
        </Labelled>
      </div>
      <FileField
        id="disc-file"
        file={file}
        fault={faults.file}
        onFile={(next, fault) =>
          changed("file", () => {
            setFile(next);
            onFile(next !== null);
            if (fault !== undefined) setFaults((before) => ({ ...before, file: fault }));
          })
        }
      />
      {hasBalances ? (
        <BalanceFields
          value={balances}
          faults={faults}
          onChange={(key, next) => changed(key, () => setBalances(next))}
        />
      ) : null}
      <SendButton type="primary" htmlType="submit" size="large" loading={busy} disabled={busy}>
        {say(busy ? "checking" : "check")}
      </SendButton>
    </form>
  );
}

/** The month that has ended, or the present one where that is done already. */
function newest(today: string, taken: ReadonlyMap<string, Taken>): string {
  const done = taken.get(lastMonth(today));
  return done === undefined || done === "draft" ? lastMonth(today) : today.slice(0, 7);
}

const STATE_WORD = {
  draft: "draft",
  others: "others",
  signed: "signed",
  published: "taken",
  withdrawn: "withdrawn",
} as const;
/** How far what is there is; a draft that one may do nothing with is somebody else's. */
type Taken = DisclosureState | "others";

/** Which periods of a village have something of a kind already, and how far it is. */
function useTaken(region: string | null, of: Kind): ReadonlyMap<string, Taken> {
  const { data } = useDisclosures({ region, state: null }, region !== null);
  const same = data?.filter(({ kind }) => kind === of);
  // A draft that was taken back leaves its month free.
  const there = same?.filter(({ state, published_at }) => state !== "withdrawn" || published_at != null);
  return new Map(
    there?.map(({ period, state, allowed_actions }) => [
      period,
      state === "draft" && allowed_actions.length === 0 ? "others" : state,
    ]),
  );
}
