// What this person may do to the disclosure now; the server says so in `allowed_actions`.
import { useMutation } from "@tanstack/react-query";
import { formatFen, formatPeriod } from "@yidiantong/client";
import { Alert, App, Input } from "antd";
import { useState } from "react";
import { useLanguage, useText } from "../../lib/i18n";
import { asApiError } from "../../lib/problem";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { act, type Disclosure, type Step, useForget, useVillageName } from "./data";
import { detailWords } from "./words";

const NOTE_MAX = 500;

export function ActionPanel({ of }: { of: Disclosure }) {
  const say = useText(detailWords);
  const forget = useForget();
  const { message } = App.useApp();
  const step = useMutation({
    mutationFn: (next: Step) => act(of, next),
    onSuccess: async (_, done) => {
      await forget();
      void message.success(say(done.action === "sign" ? "signed" : "published"));
    },
    onError: async (thrown) => {
      // It is not as it was seen: what is shown must be what is decided on.
      if (isStale(thrown)) await forget();
    },
  });
  const may = (action: string) => of.allowed_actions.some((allowed) => allowed === action);
  const fault = () => {
    if (!step.isError) return null;
    return isStale(step.error) ? (
      <Alert type="warning" showIcon role="alert" title={say("stale")} />
    ) : (
      <ProblemAlert error={step.error} />
    );
  };
  if (may("sign")) {
    return (
      <Panel title={say("your_turn_sign")} text={say("your_turn_sign_do")}>
        <Sign busy={step.isPending} onSign={(note) => step.mutate({ action: "sign", note })} />
        {fault()}
      </Panel>
    );
  }
  if (may("publish")) {
    return (
      <Panel title={say("your_turn_publish")} text={say("your_turn_publish_do")}>
        <Publish of={of} busy={step.isPending} onPublish={() => step.mutate({ action: "publish" })} />
        {fault()}
      </Panel>
    );
  }
  const state = of.correction?.state ?? of.state;
  if (state === "published") return fault();
  return (
    <>
      {fault()}
      <Alert type="info" showIcon title={say(`not_your_turn_${state}`)} />
    </>
  );
}

/** Changed by somebody else, or no longer possible: 412 and 409. */
function isStale(thrown: unknown): boolean {
  const { status } = asApiError(thrown);
  return status === 412 || status === 409;
}

interface PanelProps {
  title: string;
  text: string;
  children: React.ReactNode;
}

function Panel({ title, text, children }: PanelProps) {
  return (
    <section className="card disc-action" aria-labelledby="disc-action">
      <h2 id="disc-action">{title}</h2>
      <p>{text}</p>
      {children}
    </section>
  );
}

function Sign({ busy, onSign }: { busy: boolean; onSign: (note: string | null) => void }) {
  const say = useText(detailWords);
  const [note, setNote] = useState("");
  return (
    <form
      className="disc-field"
      onSubmit={(event) => {
        event.preventDefault();
        onSign(note.trim() === "" ? null : note);
      }}
    >
      <label htmlFor="disc-note">{say("opinion")}</label>
      <Input.TextArea
        id="disc-note"
        rows={3}
        maxLength={NOTE_MAX}
        value={note}
        aria-describedby="disc-note-hint"
        onChange={({ target }) => setNote(target.value)}
      />
      <small id="disc-note-hint" className="disc-quiet">
        {say("opinion_hint")}
      </small>
      <SendButton type="primary" htmlType="submit" size="large" block loading={busy}>
        {say(busy ? "signing" : "sign")}
      </SendButton>
    </form>
  );
}

interface PublishProps {
  of: Disclosure;
  busy: boolean;
  onPublish: () => void;
}

function Publish({ of, busy, onPublish }: PublishProps) {
  const say = useText(detailWords);
  const language = useLanguage();
  const nameOf = useVillageName();
  const { modal } = App.useApp();
  const ask = () =>
    modal.confirm({
      title: say("publish_sure"),
      content: say("publish_sure_do", {
        title: `${nameOf(of.region_code)} ${formatPeriod(of.period, language)}`,
        n: of.line_count,
        closing: formatFen(of.closing_fen, language),
      }),
      okText: say("publish"),
      onOk: onPublish,
    });
  return (
    <SendButton type="primary" size="large" block loading={busy} onClick={ask}>
      {say("publish")}
    </SendButton>
  );
}
