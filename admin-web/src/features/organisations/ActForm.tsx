import { Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import type { AdminUnit } from "../../lib/organisations";
import { useSend } from "../../lib/useSend";
import { FormFailure } from "../../ui/FormFailure";
import { useLeaveGuard } from "../../ui/leaving";
import { SendButton } from "../../ui/SendButton";
import type { Ended } from "./OrganisationsPage";
import type { Action } from "./UnitCard";
import { words } from "./words";

const FIELDS = ["name", "email", "title", "leads", "reason"] as const;

interface Props {
  unit: AdminUnit;
  action: Action;
  onClose: (end: Ended) => void;
}

interface Typed {
  name?: string;
  email?: string;
  title?: string;
  leads?: boolean;
  reason: string;
}

function bodyOf(action: Action, typed: Typed) {
  const reason = typed.reason.trim();
  switch (action) {
    case "rename":
      return { action, name: typed.name?.trim() ?? "", reason };
    case "email": {
      const email = typed.email?.trim() ?? "";
      return { action, email: email === "" ? null : email, reason };
    }
    case "add_post":
      return { action, title: typed.title?.trim() ?? "", leads: typed.leads === true, reason };
    case "close":
      return { action, reason };
  }
}

export function ActForm({ unit, action, onClose }: Props) {
  const say = useText(words);
  const both = useText(common);
  const [form] = Form.useForm<Typed>();
  const [typed, setTyped] = useState(false);
  useLeaveGuard(typed, { title: say("leave"), text: say("leave_text") });
  const { send, busy, error, onChange } = useSend<AdminUnit>(form, FIELDS);
  const needed = [{ required: true, whitespace: true, message: say("need") }];

  const submit = async (asked: Typed) => {
    const params = { path: { id: unit.id }, header: { "If-Match": `"${unit.version}"` } };
    const body = bodyOf(action, asked);
    const end = await send(() => adminApi.POST("/api/v1/admin/organisations/{id}/actions", { params, body }));
    if (end !== null) onClose(end);
  };

  const title = `${say(action)} · ${unit.name}`;
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="page-form unit-form"
      aria-label={title}
      initialValues={{ name: unit.name, email: unit.email ?? "" }}
      onValuesChange={(changed) => {
        setTyped(true);
        onChange(changed);
      }}
      onFinish={(asked) => void submit(asked)}
    >
      <h3>{say(action)}</h3>
      <p>{say(`${action}_text`)}</p>
      {action === "rename" ? (
        <Form.Item name="name" label={say("name")} rules={needed}>
          <Input autoComplete="off" maxLength={60} />
        </Form.Item>
      ) : null}
      {action === "email" ? (
        <Form.Item name="email" label={say("mail")}>
          <Input type="email" autoComplete="off" maxLength={254} />
        </Form.Item>
      ) : null}
      {action === "add_post" ? (
        <>
          <Form.Item name="title" label={say("post_title")} rules={needed}>
            <Input autoComplete="off" maxLength={40} />
          </Form.Item>
          <Form.Item name="leads" valuePropName="checked">
            <Checkbox>{say("leads")}</Checkbox>
          </Form.Item>
        </>
      ) : null}
      <Form.Item name="reason" label={say("reason")} rules={needed}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      {error === null ? null : <FormFailure error={error} fields={FIELDS} />}
      <div className="action-end">
        <SendButton type="primary" danger={action === "close"} htmlType="submit" loading={busy}>
          {say("submit")}
        </SendButton>
        <Button onClick={() => onClose(null)}>{both("cancel")}</Button>
      </div>
    </Form>
  );
}
