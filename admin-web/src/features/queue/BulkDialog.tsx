// One action for many cases: first what it will not be done to and why, then the words it takes, then what became
// of each. What can be called back goes to the bar for that, and the page is free at once.
import { useQueryClient } from "@tanstack/react-query";
import { actions, states, word } from "@yidiantong/client";
import { Button, Form, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import "../../styles/held.css";
import { type QueueItem, useCase } from "../../lib/cases";
import { draftOf, dropDraft, keepDraft, type Typed } from "../../lib/drafts";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useStaff } from "../../lib/session";
import { ActionFields } from "../../ui/acts/ActionFields";
import { FIELDS, type Field, type FormAction, TWO_PERSONS } from "../../ui/acts/actionBody";
import { renewCases } from "../../ui/acts/useAct";
import { formWords } from "../../ui/acts/words";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { BulkResults } from "./BulkResults";
import { BULK_DRAFT, HELD, hold, type Result, sendAll } from "./bulk";
import { words } from "./words";

interface Props {
  action: FormAction;
  items: readonly QueueItem[];
  now: number;
  /** Tells those to which it was done, or that are in hand. */
  onDone: (ids: readonly string[]) => void;
  onClose: () => void;
}

export function BulkDialog({ action, items, now, onDone, onClose }: Props) {
  const say = useText(words);
  const both = useText(common);
  const sayForm = useText(formWords);
  const language = useLanguage();
  const me = useStaff().id;
  const queries = useQueryClient();
  const [form] = Form.useForm<Record<string, unknown>>();
  // What was picked when it was opened: rows may change behind it.
  const [all] = useState(items);
  const [results, setResults] = useState<readonly Result[]>([]);
  const [phase, setPhase] = useState<"asking" | "sending" | "done">("asking");
  const name = word(actions, action, language);
  const can = all.filter((item) => item.allowed_actions.includes(action));
  const cannot = all.filter((item) => !item.allowed_actions.includes(action));
  // Of those that can as well: then their state is no reason.
  const same = new Set(can.map(({ state }) => state));
  const fields = (FIELDS[action] as readonly Field[]).filter((field) => !field.endsWith("?"));

  const send = async (typed: Typed) => {
    const wish = { action, items: can, typed };
    if (HELD.has(action)) {
      hold(wish);
      onDone(can.map(({ id }) => id));
      return onClose();
    }
    setPhase("sending");
    const told = await sendAll(wish, setResults);
    setPhase("done");
    if (told.every(({ error }) => error === null)) dropDraft(me, BULK_DRAFT, action);
    onDone(told.filter(({ error }) => error === null).map(({ item }) => item.id));
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
                {say(same.has(item.state) ? "excluded_same" : "excluded_one", {
                  state: word(states, item.state, language),
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {phase === "asking" && can.length > 0 ? (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          aria-label={name}
          initialValues={draftOf(me, BULK_DRAFT, action) ?? {}}
          onValuesChange={(_, typed) => keepDraft(me, BULK_DRAFT, action, typed)}
          onFinish={(typed) => void send(typed)}
          scrollToFirstError={{ focus: true }}
        >
          {TWO_PERSONS.has(action) ? <p className="action-say">{sayForm("two_persons")}</p> : null}
          {fields.length === 0 ? (
            <p className="action-say">{say("bulk_plain", { n: can.length, action: name })}</p>
          ) : (
            <Fields id={can[0]?.id ?? ""} action={action} fields={fields} now={now} />
          )}
          {HELD.has(action) ? <p className="quiet">{say("held_hint")}</p> : null}
          <div className="action-end">
            <SendButton type="primary" htmlType="submit" autoFocus={fields.length === 0}>
              {say("bulk_go", { action: name, n: can.length })}
            </SendButton>
            <Button onClick={onClose}>{both("cancel")}</Button>
          </div>
        </Form>
      ) : null}
      {phase === "asking" ? null : <BulkResults action={action} results={results} all={can.length} />}
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
