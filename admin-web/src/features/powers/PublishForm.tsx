// Publishing with the reason that everybody reads beside the new versions.
import { Form, Input } from "antd";
import type { ReactNode } from "react";
import { useText } from "../../lib/i18n";
import { useSend } from "../../lib/useSend";
import { FormFailure } from "../../ui/FormFailure";
import { SendButton } from "../../ui/SendButton";
import { words } from "./words";

interface Props<Answer> {
  /** What it does, as its button says. */
  name: string;
  className?: string;
  disabled?: boolean;
  /** When what was asked before is asked anew: see `useSend`. */
  anew?: "now" | "next";
  publish: (reason: string) => Promise<{ data?: Answer }>;
  onDone: (done: Answer) => unknown;
  /** Between what went wrong and the button. */
  children?: ReactNode;
  /** Beside the button. */
  beside?: ReactNode;
}

export function PublishForm<Answer>(props: Props<Answer>) {
  const say = useText(words);
  const [form] = Form.useForm<{ reason: string }>();
  const { send, busy, error, onChange } = useSend<Answer>(form, ["reason"], props.anew);
  const publish = async ({ reason }: { reason: string }) => {
    const done = await send(() => props.publish(reason));
    if (done !== null) await props.onDone(done);
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className={props.className ?? "page-form"}
      aria-label={props.name}
      onValuesChange={onChange}
      onFinish={(typed: { reason: string }) => void publish(typed)}
    >
      <Form.Item name="reason" label={say("reason")} rules={[{ required: true, message: say("need") }]}>
        <Input autoComplete="off" maxLength={300} />
      </Form.Item>
      {error === null ? null : <FormFailure error={error} fields={["reason"]} />}
      {props.children}
      <div className="action-end">
        <SendButton type="primary" htmlType="submit" loading={busy} disabled={props.disabled}>
          {props.name}
        </SendButton>
        {props.beside}
      </div>
    </Form>
  );
}
