// What becomes of accounts besides signing and publishing: a paper signature, a correction, a withdrawal.
import { useMutation } from "@tanstack/react-query";
import { Alert, App, Checkbox, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useText } from "../../lib/i18n";
import { useStaff } from "../../lib/session";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Proposed } from "../../ui/Proposed";
import { SendButton } from "../../ui/SendButton";
import { CellProblems } from "./CellProblems";
import { type Columns, keepColumns } from "./columns";
import {
  act,
  type Disclosure,
  isProposed,
  type Preview,
  preview,
  type Step,
  uploadPhoto,
  useForget,
} from "./data";
import { MatchColumns } from "./MatchColumns";
import { lifeWords, previewWords } from "./words";

const REASON_MAX = 500;

export function LifePanel({ of }: { of: Disclosure }) {
  const say = useText(lifeWords);
  const forget = useForget();
  const { message } = App.useApp();
  const [until, setUntil] = useState<string | null>(null);
  const step = useMutation({
    mutationFn: async (make: () => Promise<Step>) => {
      const wanted = await make();
      return { wanted, answer: await act(of, wanted) };
    },
    onSuccess: async ({ wanted, answer }) => {
      if (isProposed(answer)) setUntil(answer.expires_at);
      else if (wanted.action === "sign") void message.success(say("recorded"));
      else void message.success(say(wanted.action === "withdraw" ? "taken_back" : "dropped"));
      await forget();
    },
  });
  const may = (action: string) => of.allowed_actions.some((allowed) => allowed === action);
  const props = { of, busy: step.isPending, onDo: step.mutate };
  return (
    <>
      {until === null ? null : <Proposed until={until} />}
      {step.isError && !(step.error instanceof BrokenSheet) ? <ProblemAlert error={step.error} /> : null}
      {may("sign_on_paper") ? <Paper {...props} /> : null}
      {may("drop_correction") ? (
        <SendButton block loading={step.isPending} onClick={() => step.mutate(async () => DROP)}>
          {say("drop")}
        </SendButton>
      ) : null}
      {may("correct") ? (
        <Correct {...props} broken={step.error instanceof BrokenSheet ? step.error.found : null} />
      ) : null}
      {may("withdraw") ? <Withdraw {...props} /> : null}
    </>
  );
}

const DROP: Step = { action: "drop_correction" };

/** A sheet that cannot take the place of what is published. */
class BrokenSheet extends Error {
  readonly found: Preview;
  constructor(found: Preview) {
    super("the sheet has errors");
    this.found = found;
  }
}

interface FormProps {
  of: Disclosure;
  busy: boolean;
  onDo: (make: () => Promise<Step>) => void;
}

/** Closed until somebody wants it: it is seldom that. */
function Fold({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <details className="card">
      <summary>{title}</summary>
      <p>{text}</p>
      {children}
    </details>
  );
}

function Paper({ busy, onDo }: FormProps) {
  const say = useText(lifeWords);
  const [photo, setPhoto] = useState<File | null>(null);
  return (
    <Fold title={say("paper_title")} text={say("paper_do")}>
      <div className="disc-field">
        <label htmlFor="disc-paper">{say("paper_photo")}</label>
        <input
          id="disc-paper"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          onChange={({ target }) => setPhoto(target.files?.[0] ?? null)}
        />
        <SendButton
          disabled={photo === null}
          loading={busy}
          onClick={() => {
            if (photo === null) return;
            onDo(async () => ({ action: "sign", note: null, paper_file: await uploadPhoto(photo) }));
          }}
        >
          {say("paper")}
        </SendButton>
      </div>
    </Fold>
  );
}

function Correct({ of, busy, onDo, broken }: FormProps & { broken: Preview | null }) {
  const { id: who } = useStaff();
  const say = useText(lifeWords);
  const sayPreview = useText(previewWords);
  const [file, setFile] = useState<File | null>(null);
  const [reason, setReason] = useState("");
  const make = async (chosen: File, columns: Columns | null = null): Promise<Step> => {
    const upload = {
      file: chosen,
      region: of.region_code,
      kind: of.kind,
      period: of.period,
      opening: null,
      closing: null,
      columns,
    };
    const found = await preview(upload);
    if (columns !== null) keepColumns(who, of.kind, columns);
    if (found.errors.length > 0) throw new BrokenSheet(found);
    return { action: "correct", preview_id: found.preview_id, reason };
  };
  return (
    <Fold title={say("correct_title")} text={say("correct_do")}>
      <div className="disc-field">
        <label htmlFor="disc-correct">{say("correct_file")}</label>
        <input
          id="disc-correct"
          type="file"
          accept=".xlsx,.csv"
          onChange={({ target }) => setFile(target.files?.[0] ?? null)}
        />
        <Reason id="disc-correct-why" label={say("reason")} value={reason} onChange={setReason} />
        <SendButton
          disabled={file === null || reason.trim() === ""}
          loading={busy}
          onClick={() => {
            if (file !== null) onDo(() => make(file));
          }}
        >
          {say("correct")}
        </SendButton>
      </div>
      {broken === null ? null : (
        <>
          <Alert type="error" showIcon role="alert" title={say("broken", { n: broken.errors.length })} />
          <MatchColumns
            key={broken.preview_id}
            of={broken}
            kind={of.kind}
            busy={busy}
            onAgain={(columns) => {
              if (file !== null) onDo(() => make(file, columns));
            }}
          />
          <CellProblems title={sayPreview("errors")} of={broken.errors} kind="error" />
        </>
      )}
    </Fold>
  );
}

function Withdraw({ of, busy, onDo }: FormProps) {
  const say = useText(lifeWords);
  const [reason, setReason] = useState("");
  const [personal, setPersonal] = useState(false);
  const isPublic = of.state === "published";
  return (
    <Fold title={say("withdraw_title")} text={say(isPublic ? "withdraw_do" : "withdraw_draft_do")}>
      <div className="disc-field">
        <Reason
          id="disc-withdraw-why"
          label={say(isPublic ? "reason" : "reason_draft")}
          value={reason}
          onChange={setReason}
        />
        {isPublic ? (
          <Checkbox checked={personal} onChange={({ target }) => setPersonal(target.checked)}>
            {say("personal")}
          </Checkbox>
        ) : null}
        <SendButton
          danger
          disabled={reason.trim() === ""}
          loading={busy}
          onClick={() => onDo(async () => ({ action: "withdraw", reason, personal_data: personal }))}
        >
          {say(isPublic ? "propose_withdraw" : "withdraw")}
        </SendButton>
      </div>
    </Fold>
  );
}

interface ReasonProps {
  id: string;
  label: string;
  value: string;
  onChange: (text: string) => void;
}

function Reason({ id, label, value, onChange }: ReasonProps) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={REASON_MAX}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </>
  );
}
