// What becomes of accounts besides signing and publishing: a paper signature, a correction, a withdrawal.
import { useMutation } from "@tanstack/react-query";
import { App, Checkbox, Input } from "antd";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { useText } from "../../lib/i18n";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { Proposed } from "../../ui/Proposed";
import { SendButton } from "../../ui/SendButton";
import { act, type Disclosure, isProposed, type Step, uploadPhoto, useForget } from "./data";
import { lifeWords } from "./words";

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
      {step.isError ? <ProblemAlert error={step.error} /> : null}
      {may("sign_on_paper") ? <Paper {...props} /> : null}
      {may("drop_correction") ? (
        <SendButton block loading={step.isPending} onClick={() => step.mutate(async () => DROP)}>
          {say("drop")}
        </SendButton>
      ) : null}
      {may("correct") ? <Correct of={of} /> : null}
      {may("withdraw") ? <Withdraw {...props} /> : null}
    </>
  );
}

const DROP: Step = { action: "drop_correction" };

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

/** On a page of its own: a sheet is checked and compared before it is sent. */
function Correct({ of }: { of: Disclosure }) {
  const say = useText(lifeWords);
  return (
    <Fold title={say("correct_title")} text={say("correct_do")}>
      <Link to={`/disclosures/${of.id}/correct`}>{say("correct_begin")}</Link>
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
