// The whole corrected sheet of something published. Where and of when it is, is known.
import { useState } from "react";
import { useText } from "../../lib/i18n";
import { SendButton } from "../../ui/SendButton";
import { BalanceFields, isBad, isCsv, NO_BALANCES, yuan } from "./Balances";
import type { Disclosure, Upload } from "./data";
import { FileField } from "./FileField";
import { lifeWords, uploadWords } from "./words";

interface Props {
  of: Disclosure;
  busy: boolean;
  /** The file was read, and says nowhere what it begins or ends with. */
  asksBalances: boolean;
  onChange: () => void;
  onCheck: (upload: Upload) => void;
}

export function CorrectSheet({ of, busy, asksBalances, onChange, onCheck }: Props) {
  const say = useText(uploadWords);
  const sayLife = useText(lifeWords);
  const [file, setFile] = useState<File | null>(null);
  const [balances, setBalances] = useState(NO_BALANCES);
  const [faults, setFaults] = useState<{ file?: string; opening?: string; closing?: string }>({});
  const hasBalances = of.kind === "ledger" && (isCsv(file) || (asksBalances && file !== null));
  const submit = () => {
    const wrong = {
      ...(file === null ? { file: say("need_file") } : {}),
      ...(hasBalances && isBad(balances.opening) ? { opening: say("bad_amount") } : {}),
      ...(hasBalances && isBad(balances.closing) ? { closing: say("bad_amount") } : {}),
    };
    setFaults(wrong);
    const first = Object.keys(wrong)[0];
    if (first !== undefined) document.getElementById(`disc-${first}`)?.focus();
    if (file === null || first !== undefined) return;
    const said = (text: string) => (hasBalances ? yuan(text) : null);
    onCheck({
      file,
      region: of.region_code,
      kind: of.kind,
      period: of.period,
      opening: said(balances.opening),
      closing: said(balances.closing),
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
      <FileField
        id="disc-file"
        label={sayLife("correct_file")}
        file={file}
        fault={faults.file}
        onFile={(next, fault) => {
          setFile(next);
          setFaults(fault === undefined ? {} : { file: fault });
          onChange();
        }}
      />
      {hasBalances ? (
        <BalanceFields
          value={balances}
          faults={faults}
          onChange={(_, next) => {
            setBalances(next);
            setFaults({});
            onChange();
          }}
        />
      ) : null}
      <SendButton type="primary" htmlType="submit" size="large" loading={busy} disabled={busy}>
        {say(busy ? "checking" : "check")}
      </SendButton>
    </form>
  );
}
