import type { AdminComponents } from "@yidiantong/client";
import { Form, Input } from "antd";
import { useEffect, useState } from "react";
import { useText } from "../../lib/i18n";
import { useSend } from "../../lib/useSend";
import { FormFailure } from "../../ui/FormFailure";
import { SendButton } from "../../ui/SendButton";
import { FIELDS, type Item, itemOf, type Typed, typedOf } from "./item";
import { Preview } from "./Preview";
import { Steps } from "./Steps";
import { words } from "./words";

type Draft = AdminComponents["schemas"]["PowerDraftView"];

/** Short fields are one line, the others as many as there are. */
const SHORT: readonly (keyof Typed)[] = [
  "name",
  "category",
  "responsible_org",
  "supervising_org",
  "who_can_apply",
  "contact_phone",
];

interface Props {
  item: Item;
  /** Sends the item as it is to be. */
  onSave: (item: Item) => Promise<{ data?: Draft }>;
  onSaved?: (draft: Draft) => void;
  /** Whether something is typed that the draft does not have yet. */
  onUnsaved: (unsaved: boolean) => void;
}

export function ItemForm({ item, onSave, onSaved, onUnsaved }: Props) {
  const say = useText(words);
  const [form] = Form.useForm<Typed>();
  const [steps, setSteps] = useState([...item.steps]);
  const [typed, setTyped] = useState(typedOf(item));
  const names = FIELDS.map((field) => `item/${field}`);
  const { send, busy, error, onChange } = useSend<Draft>(form, names);
  const now = itemOf(typed, steps, item);
  const unsaved = JSON.stringify(now) !== JSON.stringify(itemOf(typedOf(item), [...item.steps], item));
  useEffect(() => onUnsaved(unsaved), [unsaved, onUnsaved]);
  const save = async () => {
    const draft = await send(() => onSave(now));
    if (draft !== null) onSaved?.(draft);
  };
  return (
    <div className="power-editor">
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        className="card page-form"
        aria-label={say("draft", { name: item.name })}
        initialValues={typed}
        onValuesChange={(changed: Partial<Typed>) => {
          setTyped((before) => ({ ...before, ...changed }));
          onChange(changed);
        }}
        onFinish={() => void save()}
      >
        {FIELDS.map((field) => (
          <Form.Item key={field} name={field} label={say(field)}>
            {SHORT.includes(field) ? (
              <Input autoComplete="off" />
            ) : (
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 14 }} />
            )}
          </Form.Item>
        ))}
        <Steps steps={steps} onChange={setSteps} />
        {error === null ? null : <FormFailure error={error} fields={[]} />}
        <div className="action-end">
          <SendButton type="primary" htmlType="submit" loading={busy} disabled={!unsaved}>
            {say("save")}
          </SendButton>
        </div>
      </Form>
      <Preview item={now} />
    </div>
  );
}
