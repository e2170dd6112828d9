// Another password for oneself: the one before, the new one twice, and (where the server asks) a code of the phone.
import { Alert, Form, Input } from "antd";
import { useState } from "react";
import { changePassword } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError, faultAt } from "../../lib/problem";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { SendButton } from "../../ui/SendButton";
import { words } from "./words";

interface Typed {
  current: string;
  next: string;
  again: string;
}

/** Where the server's faults are shown. */
const PLACES = { "/current_password": "current", "/new_password": "next" } as const;

export function PasswordForm({ shortest }: { shortest: number }) {
  const say = useText(words);
  const [form] = Form.useForm<Typed>();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  const submit = async ({ current, next }: Typed) => {
    setBusy(true);
    setDone(false);
    setError(null);
    try {
      await changePassword(current, next);
      form.resetFields();
      setDone(true);
    } catch (thrown) {
      const refused = asApiError(thrown);
      const placed = Object.entries(PLACES).flatMap(([pointer, name]) => {
        const fault = faultAt(refused, pointer);
        return fault === null ? [] : [{ name, errors: [fault] }];
      });
      form.setFields(placed);
      if (placed.length === 0) setError(refused);
      else form.getFieldInstance(placed[0]?.name ?? "current")?.focus?.();
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card page-form account-password"
      aria-label={say("password_title")}
      onValuesChange={() => setDone(false)}
      onFinish={(typed) => void submit(typed)}
    >
      <h2>{say("password_title")}</h2>
      <p className="quiet">{say("password_text")}</p>
      <Form.Item
        name="current"
        label={say("current")}
        rules={[{ required: true, message: say("need") }]}
        validateTrigger="onSubmit"
      >
        <Input.Password autoComplete="current-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="next"
        label={say("next")}
        extra={say("next_hint", { n: shortest })}
        rules={[{ required: true, min: shortest, message: say("need_next", { n: shortest }) }]}
        validateTrigger="onBlur"
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="again"
        label={say("again")}
        dependencies={["next"]}
        validateTrigger="onBlur"
        rules={[
          {
            validator: (_, value) =>
              value === form.getFieldValue("next") ? Promise.resolve() : Promise.reject(say("need_same")),
          },
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      {error === null ? null : <ProblemAlert error={error} />}
      {done ? <Alert type="success" showIcon role="status" title={say("password_done")} /> : null}
      <SendButton type="primary" htmlType="submit" loading={busy}>
        {say("password_submit")}
      </SendButton>
    </Form>
  );
}
