import { Alert, Button, Form, Input, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import { logIn } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { halfWidth, TOTP_PATTERN } from "../../ui/totp";
import { words } from "./words";

/** What a demonstration fills in. */
export interface Filled {
  username: string;
  password: string;
  totp_code: string;
}

interface Props {
  filled: Filled | null;
  /** Of whoever logs in again. */
  username?: string | null;
}

interface Typed {
  username: string;
  password: string;
  totp_code?: string;
  recovery_code?: string;
}

export function LoginForm({ filled, username = null }: Props) {
  const say = useText(words);
  const [form] = Form.useForm<Typed>();
  /** Without the phone. */
  const [paper, setPaper] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const wait = useWait(error);
  const code = useRef<InputRef>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (filled === null) return;
    setPaper(false);
    form.setFieldsValue(filled);
    setError(null);
    button.current?.focus();
  }, [filled, form]);

  const submit = async (typed: Typed) => {
    setBusy(true);
    setError(null);
    try {
      const who = { username: typed.username.trim(), password: typed.password };
      await logIn(
        paper
          ? { ...who, recovery_code: typed.recovery_code ?? "" }
          : { ...who, totp_code: (typed.totp_code ?? "").replace(/\s/g, "") },
      );
    } catch (thrown) {
      const problem = asApiError(thrown);
      setError(problem);
      // Whatever was wrong, this code has had its day; one on paper may have been mistyped.
      if (problem.status === 401 && !paper) {
        form.setFieldValue("totp_code", "");
        code.current?.focus();
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={username === null ? {} : { username }}
      onFinish={(typed) => void submit(typed)}
      scrollToFirstError={{ focus: true }}
    >
      {error === null ? null : <Failure error={error} wait={wait} />}
      <Form.Item
        name="username"
        label={say("username")}
        rules={[{ required: true, whitespace: true, message: say("need_username") }]}
      >
        <Input size="large" autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} />
      </Form.Item>
      <Form.Item
        name="password"
        label={say("password")}
        rules={[{ required: true, message: say("need_password") }]}
      >
        <Input.Password
          size="large"
          autoComplete="current-password"
          maxLength={128}
          autoFocus={username !== null}
        />
      </Form.Item>
      {paper ? (
        <Form.Item
          name="recovery_code"
          label={say("recovery")}
          extra={say("recovery_hint")}
          rules={[{ required: true, whitespace: true, message: say("need_recovery") }]}
          validateTrigger="onSubmit"
        >
          <Input
            size="large"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={60}
          />
        </Form.Item>
      ) : (
        <Form.Item
          name="totp_code"
          label={say("totp")}
          extra={say("totp_hint")}
          normalize={halfWidth}
          rules={[{ required: true, pattern: TOTP_PATTERN, message: say("need_totp") }]}
          validateTrigger="onSubmit"
        >
          <Input
            ref={code}
            size="large"
            className="totp"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
          />
        </Form.Item>
      )}
      <Button
        ref={button}
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={busy}
        disabled={wait > 0}
      >
        {say("submit")}
      </Button>
      <Button type="link" block onClick={() => setPaper(!paper)}>
        {say(paper ? "use_phone" : "use_recovery")}
      </Button>
    </Form>
  );
}

function Failure({ error, wait }: { error: ApiError; wait: number }) {
  const say = useText(words);
  const known =
    error.status === 429
      ? say("wait", { n: wait })
      : error.code === "totp_used"
        ? say("totp_used")
        : error.code === "login_failed"
          ? say("failed")
          : null;
  if (error.status === 429 && wait === 0) return null;
  return (
    <div className="login-failure">
      {known === null ? (
        <ProblemAlert error={error} />
      ) : (
        <Alert type="error" showIcon role="alert" title={known} />
      )}
    </div>
  );
}

/** Seconds still to wait after being told to slow down, counted down. */
function useWait(error: ApiError | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (error?.status !== 429) {
      setLeft(0);
      return;
    }
    const until = Date.now() + (error.retryAfter ?? 30) * 1000;
    const count = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    count();
    const timer = setInterval(count, 1000);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}
