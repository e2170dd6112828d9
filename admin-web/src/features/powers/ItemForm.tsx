import type { AdminComponents } from "@yidiantong/client";
import { Form, Input } from "antd";
import { useEffect, useState } from "react";
import { useText } from "../../lib/i18n";
import { useSend } from "../../lib/useSend";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { place } from "./fields";
import {
  type ChosenKinds,
  FIELDS,
  type Item,
  itemOf,
  lines,
  redKinds,
  type Typed,
  typedOf,
  withoutDays,
} from "./item";
import { Preview } from "./Preview";
import { RedLines } from "./RedLines";
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
  // Named as the body is, so that the server's faults find their fields.
  const [form] = Form.useForm<{ item: Typed }>();
  const [steps, setSteps] = useState([...item.steps]);
  const [typed, setTyped] = useState(typedOf(item));
  const [kinds, setKinds] = useState<ChosenKinds>({});
  const names = FIELDS.map((field) => `item/${field}`);
  const { send, busy, error, onChange } = useSend<Draft>(form, names);
  const now = itemOf(typed, steps, item, kinds);
  const unsaved = JSON.stringify(now) !== JSON.stringify(itemOf(typedOf(item), [...item.steps], item));
  useEffect(() => onUnsaved(unsaved), [unsaved, onUnsaved]);
  const save = async () => {
    const draft = await send(() => onSave(now));
    if (draft !== null) onSaved?.(draft);
  };
  const red = lines(typed.red_lines);
  const days = {
    validator: (_: unknown, text: string) => {
      const n = withoutDays(text);
      return n === null ? Promise.resolve() : Promise.reject(new Error(say("days_missing", { n })));
    },
  };
  return (
    <div className="power-editor">
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        className="card page-form"
        aria-label={say("draft", { name: item.name })}
        initialValues={{ item: typed }}
        onValuesChange={(changed: { item?: Partial<Typed> }) => {
          setTyped((before) => ({ ...before, ...changed.item }));
          onChange(changed);
        }}
        onFinish={() => void save()}
      >
        {FIELDS.map((field) => (
          <Form.Item
            key={field}
            name={["item", field]}
            label={say(field)}
            rules={field === "publicity" ? [days] : []}
            validateTrigger="onBlur"
          >
            {SHORT.includes(field) ? (
              <Input autoComplete="off" />
            ) : (
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 14 }} />
            )}
          </Form.Item>
        ))}
        <RedLines
          lines={red}
          kinds={redKinds(red, item, kinds)}
          onChoose={(line, kind) => setKinds((before) => ({ ...before, [line]: kind }))}
        />
        <Steps steps={steps} onChange={setSteps} />
        {error === null ? null : (
          <ProblemAlert error={error} placeOf={(at) => place(say, at.replace(/^\/item/, ""))} />
        )}
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
