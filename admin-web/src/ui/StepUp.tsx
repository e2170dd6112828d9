// Asks for a fresh code where the server wants one. What was to be done goes on by itself.
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { stepUp } from "../lib/api";
import { demoQuery } from "../lib/demo";
import { useText } from "../lib/i18n";
import { common } from "../lib/i18n/common";
import { type ApiError, asApiError, faultAt } from "../lib/problem";
import { usernameOf, useStaff } from "../lib/session";
import { answerForCode, useCodeAsked } from "../lib/stepUp";
import { ProblemAlert } from "./ProblemAlert";
import { SendButton } from "./SendButton";
import { halfWidth, TOTP_PATTERN } from "./totp";
import { uiWords } from "./words";

interface Typed {
  code: string;
}

export function StepUp() {
  const say = useText(uiWords);
  return (
    <Modal
      open={useCodeAsked()}
      title={say("code_title")}
      footer={null}
      destroyOnHidden
      width={420}
      onCancel={() => answerForCode(false)}
    >
      <CodeForm />
    </Modal>
  );
}

/** In a demonstration nobody holds the authenticator: as at the door, one press fills the code in. */
function DemoCode({ onCode }: { onCode: (code: string) => void }) {
  const say = useText(uiWords);
  const username = usernameOf(useStaff().id);
  const { data, refetch } = useQuery(demoQuery);
  if (data == null || !data.some((one) => one.username === username)) return null;
  const fill = async () => {
    const fresh = (await refetch()).data?.find((one) => one.username === username);
    if (fresh !== undefined) onCode(fresh.totp_code);
  };
  return (
    <p className="code-demo">
      <Button size="small" onClick={() => void fill()}>
        {say("code_demo")}
      </Button>
    </p>
  );
}

function CodeForm() {
  const say = useText(uiWords);
  const both = useText(common);
  const [form] = Form.useForm<Typed>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  const submit = async ({ code }: Typed) => {
    setBusy(true);
    setError(null);
    try {
      await stepUp(code.replace(/\s/g, ""));
      answerForCode(true);
    } catch (thrown) {
      const refused = asApiError(thrown);
      const wrong = faultAt(refused, "/totp_code");
      if (wrong === null) setError(refused);
      else form.setFields([{ name: "code", errors: [wrong] }]);
      form.getFieldInstance("code")?.focus?.();
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(typed) => void submit(typed)}>
      <p>{say("code_text")}</p>
      {error === null ? null : <ProblemAlert error={error} />}
      <Form.Item
        name="code"
        label={say("code")}
        normalize={halfWidth}
        rules={[{ required: true, pattern: TOTP_PATTERN, message: say("code_need") }]}
        validateTrigger="onSubmit"
      >
        <Input
          autoFocus
          size="large"
          className="totp"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={8}
        />
      </Form.Item>
      <DemoCode onCode={(code) => form.setFieldsValue({ code })} />
      <div className="action-end">
        <SendButton type="primary" htmlType="submit" loading={busy}>
          {say("code_submit")}
        </SendButton>
        <Button onClick={() => answerForCode(false)}>{both("cancel")}</Button>
      </div>
    </Form>
  );
}
