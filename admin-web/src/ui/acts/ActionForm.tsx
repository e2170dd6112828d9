import { TeamOutlined } from "@ant-design/icons";
import { actions, word } from "@yidiantong/client";
import { Alert, Button, Form } from "antd";
import { useState } from "react";
import type { CaseView } from "../../lib/cases";
import { draftOf, dropDraft, keepDraft, type Typed } from "../../lib/drafts";
import { mended } from "../../lib/faults";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useLine } from "../../lib/line";
import { useStaff } from "../../lib/session";
import { SendButton } from "../SendButton";
import { ActionFields } from "./ActionFields";
import { actionBody, type Field, type FormAction, fieldsOf, nameOf, TWO_PERSONS } from "./actionBody";
import { ConflictAlert } from "./ConflictAlert";
import { Refusal } from "./Refusal";
import { useAct } from "./useAct";
import { formWords } from "./words";

interface Props {
  view: CaseView;
  action: FormAction;
  now: number;
  /** Whether the server allows it in the newest state. */
  possible: boolean;
  /** On a page that does not go with the case. */
  stays?: boolean;
  onDone?: () => void;
  onClose: () => void;
}

const EXPLAINED = ["accept", "start", "acknowledge", "approve", "decline", "merge", "extend"] as const;
const isExplained = (action: FormAction): action is (typeof EXPLAINED)[number] =>
  (EXPLAINED as readonly string[]).includes(action);
/** What cannot be taken back looks like it. */
const GRAVE: ReadonlySet<FormAction> = new Set(["escalate", "transfer", "return", "decline", "merge"]);

export function ActionForm({ view, action, now, possible, stays = false, onDone, onClose }: Props) {
  const say = useText(formWords);
  const both = useText(common);
  const language = useLanguage();
  const me = useStaff().id;
  const { cut } = useLine();
  const [form] = Form.useForm<Typed>();
  const [seen, setSeen] = useState(view);
  const { act, busy, error, clear } = useAct(view.id, stays);
  const fields: readonly Field[] = fieldsOf(action, view);
  const name = word(actions, action, language);
  const changed = view.version !== seen.version;

  const submit = async (typed: Typed) => {
    const refused = await act(action, seen.version, actionBody(action, typed));
    if (refused === null) {
      dropDraft(me, view.id, action);
      return (onDone ?? onClose)();
    }
    const mine = refused.faults.filter((fault) =>
      fields.some((field) => `/${nameOf(field)}` === fault.pointer),
    );
    form.setFields(mine.map((fault) => ({ name: fault.pointer.slice(1), errors: [fault.detail] })));
    const first = mine[0];
    if (first !== undefined) form.getFieldInstance(first.pointer.slice(1))?.focus?.();
  };

  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="action-form"
      aria-label={name}
      initialValues={draftOf(me, view.id, action) ?? firstValues(view, action)}
      onValuesChange={(changed, all) => {
        mended(form, changed);
        keepDraft(me, view.id, action, all);
        clear();
      }}
      onFinish={(typed) => void submit(typed)}
      scrollToFirstError={{ focus: true, block: "center" }}
      onKeyDown={(event) => {
        const open = event.target instanceof Element && event.target.getAttribute("aria-expanded") === "true";
        // What was typed is kept: opened again it is there.
        if (stays && event.key === "Escape" && !event.nativeEvent.isComposing && !open) return onClose();
        // From within the words, without leaving them.
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing)
          return;
        event.preventDefault();
        if (!busy && !changed && possible && !cut) form.submit();
      }}
    >
      {isExplained(action) ? <p className="action-say">{say(`say_${action}`)}</p> : null}
      {TWO_PERSONS.has(action) ? (
        <p className="action-say two-persons">
          <TeamOutlined aria-hidden /> {say("two_persons")}
        </p>
      ) : null}
      <ActionFields view={view} action={action} fields={fields} now={now} />
      {changed && possible ? (
        <ConflictAlert
          action={action}
          seen={seen}
          view={view}
          typed={form.getFieldsValue()}
          onKeep={() => setSeen(view)}
          onTake={(theirs) => {
            form.setFieldsValue(theirs);
            keepDraft(me, view.id, action, { ...form.getFieldsValue(), ...theirs });
            setSeen(view);
          }}
        />
      ) : null}
      {possible ? null : (
        <Alert type="warning" showIcon role="alert" title={say("not_now", { action: name })} />
      )}
      {error === null ? null : <Refusal error={error} fields={fields} />}
      <div className="action-end">
        <SendButton
          type="primary"
          danger={GRAVE.has(action)}
          htmlType="submit"
          loading={busy}
          disabled={changed || !possible}
        >
          {TWO_PERSONS.has(action) ? say("propose", { action: name }) : name}
        </SendButton>
        <Button onClick={onClose}>{both("cancel")}</Button>
      </div>
    </Form>
  );
}

function firstValues(view: CaseView, action: FormAction): Typed {
  return action === "dispatch" ? { brief: view.brief ?? view.text ?? "" } : {};
}
