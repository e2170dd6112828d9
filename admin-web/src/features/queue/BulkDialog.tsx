// One action for many cases: first what it will not be done to and why, then the words it takes, then what became
// of each. Each case is sent with the version that was seen, so none is changed over somebody else's work.
import { useQueryClient } from "@tanstack/react-query";
import { actions, states, word } from "@yidiantong/client";
import { Button, Form, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { type QueueItem, useCase } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { explain } from "../../lib/problem";
import { ActionFields } from "../../ui/acts/ActionFields";
import { actionBody, FIELDS, type Field, type FormAction, TWO_PERSONS } from "../../ui/acts/actionBody";
import { renewCases, sendAction } from "../../ui/acts/useAct";
import { formWords } from "../../ui/acts/words";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { words } from "./words";

/** What can be called back, and for how many seconds (frontend.md 6.3). */
const HELD: ReadonlySet<FormAction> = new Set(["assign", "transfer"]);
const HELD_S = 10;

interface Props {
  action: FormAction;
  items: readonly QueueItem[];
  now: number;
  /** Tells those to which it was done, as soon as all are through. */
  onDone: (ids: readonly string[]) => void;
  onClose: () => void;
}

interface Result {
  item: QueueItem;
  ok: boolean;
  words: string;
}

export function BulkDialog({ action, items, now, onDone, onClose }: Props) {
  const say = useText(words);
  const both = useText(common);
  const sayForm = useText(formWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const [form] = Form.useForm<Record<string, unknown>>();
  // What was picked when it was opened: rows may change behind it.
  const [all] = useState(items);
  const [results, setResults] = useState<readonly Result[]>([]);
  const [phase, setPhase] = useState<"asking" | "holding" | "sending" | "done">("asking");
  /** What is to be sent, while it can still be called back. */
  const [held, setHeld] = useState<Record<string, unknown>>({});
  const name = word(actions, action, language);
  const can = all.filter((item) => item.allowed_actions.includes(action));
  const cannot = all.filter((item) => !item.allowed_actions.includes(action));
  const fields = (FIELDS[action] as readonly Field[]).filter((field) => !field.endsWith("?"));

  const send = async (typed: Record<string, unknown>) => {
    if (HELD.has(action) && phase === "asking") {
      setHeld(typed);
      return setPhase("holding");
    }
    setPhase("sending");
    const body = actionBody(action, typed);
    const told: Result[] = [];
    for (const item of can) {
      const outcome = await sendAction(item.id, item.version, body);
      const done = TWO_PERSONS.has(action) ? "result_waits" : "result_done";
      told.push(
        outcome.error === null
          ? { item, ok: true, words: say(done) }
          : {
              item,
              ok: false,
              words: outcome.error.status === 412 ? say("result_stale") : explain(outcome.error, language),
            },
      );
      setResults([...told]);
    }
    setPhase("done");
    onDone(told.filter(({ ok }) => ok).map(({ item }) => item.id));
    await renewCases(queries);
  };

  return (
    <Modal
      open
      title={say("bulk_title", { action: name, n: all.length })}
      onCancel={phase === "sending" ? undefined : onClose}
      closable={phase !== "sending"}
      mask={{ closable: false }}
      footer={null}
      width={560}
      focusable={{ focusTriggerAfterClose: false }}
      className="bulk-dialog"
    >
      {cannot.length === 0 ? null : (
        <section className="bulk-not">
          <p>{say("excluded", { n: all.length, m: cannot.length, action: name })}</p>
          <ul>
            {cannot.map((item) => (
              <li key={item.id}>
                <span className="number">{item.number}</span>
                {say("excluded_one", { state: word(states, item.state, language) })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {phase === "holding" ? (
        <Held
          onBack={() => setPhase("asking")}
          onGo={() => void send(held)}
          text={say("bulk_plain", { n: can.length, action: name })}
        />
      ) : null}
      {(phase === "asking" || phase === "holding") && can.length > 0 ? (
        <Form
          hidden={phase === "holding"}
          form={form}
          layout="vertical"
          requiredMark={false}
          aria-label={name}
          onFinish={(typed) => void send(typed)}
          scrollToFirstError={{ focus: true }}
        >
          {TWO_PERSONS.has(action) ? <p className="action-say">{sayForm("two_persons")}</p> : null}
          {fields.length === 0 ? (
            <p className="action-say">{say("bulk_plain", { n: can.length, action: name })}</p>
          ) : (
            <Fields id={can[0]?.id ?? ""} action={action} fields={fields} now={now} />
          )}
          <div className="action-end">
            <SendButton type="primary" htmlType="submit" autoFocus={fields.length === 0}>
              {say("bulk_go", { action: name, n: can.length })}
            </SendButton>
            <Button onClick={onClose}>{both("cancel")}</Button>
          </div>
        </Form>
      ) : null}
      {results.length === 0 ? null : (
        <section className="bulk-results" aria-live="polite">
          <p>
            {say("results", {
              ok: results.filter(({ ok }) => ok).length,
              bad: results.filter(({ ok }) => !ok).length,
              left: can.length - results.length,
            })}
          </p>
          <ul>
            {results.map(({ item, ok, words: said }) => (
              <li key={item.id} className={ok ? "ok" : "bad"}>
                <span className="number">{item.number}</span>
                <span aria-hidden="true">{ok ? "✓" : "✗"}</span> {said}
              </li>
            ))}
          </ul>
        </section>
      )}
      {phase === "done" || can.length === 0 ? (
        <div className="action-end">
          <Button type="primary" onClick={onClose} autoFocus>
            {both("close")}
          </Button>
        </div>
      ) : null}
    </Modal>
  );
}

/** What goes to somebody else's desk can be called back for a moment: nothing has happened until then. */
function Held({ text, onBack, onGo }: { text: string; onBack: () => void; onGo: () => void }) {
  const say = useText(words);
  const [left, setLeft] = useState(HELD_S);
  const go = useRef(onGo);
  go.current = onGo;
  useEffect(() => {
    if (left <= 0) return go.current();
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return (
    <div className="held">
      <p role="status">{text}</p>
      <p aria-hidden="true">{say("held", { n: left })}</p>
      <div className="action-end">
        <Button onClick={onBack} autoFocus>
          {say("held_back")}
        </Button>
        <Button type="primary" onClick={onGo}>
          {say("held_go")}
        </Button>
      </div>
    </div>
  );
}

/** The fields, with the choices of the first case; where another allows less, its result says so. */
function Fields(props: { id: string; action: FormAction; fields: readonly Field[]; now: number }) {
  const { data, error, isPending, refetch } = useCase(props.id);
  const place = useRef<HTMLDivElement>(null);
  const isThere = data !== undefined;
  // One begins in the first field, and not at the cross that closes.
  useEffect(() => {
    if (isThere) place.current?.querySelector<HTMLElement>("textarea, input")?.focus();
  }, [isThere]);
  if (isPending) return <PageLoading rows={3} />;
  if (data === undefined) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <div ref={place}>
      <ActionFields view={data} action={props.action} fields={props.fields} now={props.now} />
    </div>
  );
}
