import { Button, Form, Input } from "antd";
import { useState } from "react";
import { type EnrolLink, enrol } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { halfWidth, TOTP_PATTERN } from "../../ui/totp";
import { words } from "./words";

interface Props {
  link: EnrolLink;
  username: string;
  /** With the recovery codes, which nobody is shown again. */
  onDone: (codes: readonly string[]) => void;
  /** The link itself is worth nothing any more. */
  onSpent: (error: ApiError) => void;
}

interface Typed {
  password: string;
  again: string;
  code: string;
}

const FIELDS: Readonly<Record<string, keyof Typed>> = { "/password": "password", "/totp_code": "code" };

export function EnrolForm({ link, username, onDone, onSpent }: Props) {
  const say = useText(words);
  const [form] = Form.useForm<Typed>();
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (typed: Typed) => {
    setBusy(true);
    setError(null);
    try {
      onDone(await enrol(link, typed.password, typed.code.replace(/\s/g, "")));
    } catch (thrown) {
      const problem = asApiError(thrown);
      if (problem.status === 404) return onSpent(problem);
      const placed = problem.faults.filter((fault) => FIELDS[fault.pointer] !== undefined);
      form.setFields(
        placed.map((fault) => ({
          name: FIELDS[fault.pointer] ?? "code",
          // Whoever opened the link in two places has scanned twice: one entry is another page's.
          errors: [fault.code === "totp_wrong" ? say("code_wrong") : fault.detail],
        })),
      );
      if (placed.length === 0) setError(problem);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(typed) => void submit(typed)}>
      <h2>{say("step_password")}</h2>
      {error === null ? null : <ProblemAlert error={error} />}
      {/* For password managers, which file a password under a name. */}
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      <Form.Item
        name="password"
        label={say("password")}
        extra={say("password_hint")}
        rules={[{ required: true, min: 12, message: say("need_password") }]}
        validateTrigger="onBlur"
      >
        <Input.Password size="large" autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="again"
        label={say("again")}
        dependencies={["password"]}
        validateTrigger="onBlur"
        rules={[
          {
            validator: (_, value) =>
              value === form.getFieldValue("password") ? Promise.resolve() : Promise.reject(say("need_same")),
          },
        ]}
      >
        <Input.Password size="large" autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="code"
        label={say("code")}
        normalize={halfWidth}
        rules={[{ required: true, pattern: TOTP_PATTERN, message: say("need_code") }]}
        validateTrigger="onSubmit"
      >
        <Input size="large" className="totp" inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
      </Form.Item>
      <Button type="primary" size="large" htmlType="submit" block loading={busy}>
        {say("submit")}
      </Button>
    </Form>
  );
}
