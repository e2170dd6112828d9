// Asking to see who filed, or for a new receipt code: both wait for a second person.
import { identityReasons, word } from "@yidiantong/client";
import { App, Button, Form, Input, Radio } from "antd";
import { useEffect, useRef, useState } from "react";
import { adminApi } from "../../lib/api";
import { mark, mended, placeFaults } from "../../lib/faults";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { type ApiError, asApiError } from "../../lib/problem";
import { FormFailure } from "../../ui/FormFailure";
import { SendButton } from "../../ui/SendButton";
import { identityWords as words } from "./identityWords";

/** As the server has it. */
const SHORTEST = 10;
const LONGEST = 2000;
const FIELDS = ["reason_code", "reason", "name", "phone", "email"] as const;
/** What may be asked with; the others are what became of a re-issue. */
const REASONS = ["clarify", "deliver_answer", "protect", "legal_order", "false_accusation"] as const;

interface Typed {
  reason_code?: (typeof REASONS)[number];
  reason: string;
  name?: string;
  phone?: string;
  email?: string;
}

interface Props {
  complaint: string;
  purpose: "reveal" | "reissue";
  onClose: () => void;
  onAsked: () => void;
}

export function IdentityForm({ complaint, purpose, onClose, onAsked }: Props) {
  const say = useText(words);
  const both = useText(common);
  const language = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const begins = useRef<HTMLParagraphElement>(null);
  useEffect(() => begins.current?.focus(), []);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  const submit = async ({ reason_code, reason, name, phone, email }: Typed) => {
    setBusy(true);
    setError(null);
    const given = (text: string | undefined) => (text?.trim() ? text.trim() : undefined);
    try {
      if (purpose === "reveal") {
        const body = {
          complaint_id: complaint,
          reason_code: reason_code ?? "clarify",
          reason: reason.trim(),
        };
        await adminApi.POST("/api/v1/admin/identity-requests", { body });
      } else {
        const shown = Object.fromEntries(
          Object.entries({ name: given(name), phone: given(phone), email: given(email) }).filter(
            ([, value]) => value !== undefined,
          ),
        );
        const body = { complaint_id: complaint, reason: reason.trim(), ...shown };
        await adminApi.POST("/api/v1/admin/receipts/reissue", { body });
      }
      message.success(say("proposed"));
      onAsked();
    } catch (thrown) {
      const refused = asApiError(thrown);
      setError(refused);
      mark(form, placeFaults(refused, FIELDS).placed);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="action-form"
      aria-label={say(purpose)}
      autoComplete="off"
      onValuesChange={(changed) => mended(form, changed)}
      onFinish={(typed) => void submit(typed)}
    >
      {/* The button that was pressed is gone: whoever works by keyboard goes on here. */}
      <p className="action-say" tabIndex={-1} ref={begins}>
        {say(purpose === "reveal" ? "reveal_say" : "reissue_say")}
      </p>
      {purpose === "reveal" ? (
        <Form.Item
          name="reason_code"
          label={say("reason_code")}
          rules={[{ required: true, message: both("required") }]}
        >
          <Radio.Group
            options={REASONS.map((value) => ({ value, label: word(identityReasons, value, language) }))}
          />
        </Form.Item>
      ) : (
        <Shown />
      )}
      <Form.Item
        name="reason"
        label={say(purpose === "reveal" ? "reason" : "how")}
        rules={[{ required: true, whitespace: true, min: SHORTEST, message: say("short") }]}
        validateTrigger="onBlur"
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={LONGEST} />
      </Form.Item>
      {error === null ? null : <FormFailure error={error} fields={FIELDS} />}
      <div className="action-end">
        <SendButton type="primary" htmlType="submit" loading={busy}>
          {say("propose")}
        </SendButton>
        <Button onClick={onClose}>{both("cancel")}</Button>
      </div>
    </Form>
  );
}

/** What the person at the counter shows. */
function Shown() {
  const say = useText(words);
  const any = ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
    validator: () =>
      ["name", "phone", "email"].some((name) => String(getFieldValue(name) ?? "").trim() !== "")
        ? Promise.resolve()
        : Promise.reject(new Error(say("need_one"))),
  });
  return (
    <>
      <Form.Item name="name" label={say("name")} extra={say("one_of")} rules={[any]} validateTrigger="onBlur">
        <Input autoComplete="off" maxLength={60} />
      </Form.Item>
      <Form.Item name="phone" label={say("phone")}>
        <Input autoComplete="off" inputMode="tel" maxLength={30} />
      </Form.Item>
      <Form.Item name="email" label={say("email")}>
        <Input autoComplete="off" inputMode="email" maxLength={254} />
      </Form.Item>
    </>
  );
}
