import { Button, Form, Input, Select } from "antd";
import { adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { common, roles } from "../../lib/i18n/common";
import type { Role } from "../../lib/session";
import { useSend } from "../../lib/useSend";
import { FormFailure } from "../../ui/FormFailure";
import { SendButton } from "../../ui/SendButton";
import { ROLES } from "./AddForm";
import type { Account, Action, Ended } from "./StaffPage";
import { UnitFields } from "./UnitFields";
import { words } from "./words";

interface Props {
  account: Account;
  action: Action;
  onClose: (end: Ended) => void;
}

interface Typed {
  role?: Role;
  organisation_id?: string;
  reason?: string;
}

const FIELDS = ["role", "organisation_id", "region_code", "reason"] as const;

export function ActForm({ account, action, onClose }: Props) {
  const say = useText(words);
  const both = useText(common);
  const sayRole = useText(roles);
  const [form] = Form.useForm<Typed>();
  const { send, busy, error, onChange } = useSend<NonNullable<Ended>>(form, FIELDS);

  const submit = async (typed: Typed) => {
    const reason = typed.reason?.trim() ?? "";
    const body =
      action === "change"
        ? { action, role: typed.role ?? null, organisation_id: typed.organisation_id ?? null, reason }
        : { action, reason };
    const params = { path: { id: account.id }, header: { "If-Match": `"${account.version}"` } };
    const end = await send(() => adminApi.POST("/api/v1/admin/staff/{id}/actions", { params, body }));
    if (end !== null) onClose(end);
  };

  const title = `${say(action)} · ${account.display_name}`;
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card page-form"
      aria-label={title}
      initialValues={{ role: account.role, organisation_id: account.organisation_id }}
      onValuesChange={onChange}
      onFinish={(typed) => void submit(typed)}
    >
      <h2>{title}</h2>
      {action === "change" ? (
        <>
          <Form.Item name="role" label={say("role")}>
            <Select options={ROLES.map((value) => ({ value, label: sayRole(value) }))} />
          </Form.Item>
          <UnitFields first={account.region_code} />
        </>
      ) : (
        <p>{say(`${action}_text`)}</p>
      )}
      <Form.Item name="reason" label={say("reason")} rules={[{ required: true, message: say("need") }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      {error === null ? null : <FormFailure error={error} fields={FIELDS} />}
      <div className="action-end">
        <SendButton type="primary" danger={action === "disable"} htmlType="submit" loading={busy}>
          {say("submit")}
        </SendButton>
        <Button onClick={() => onClose(null)}>{both("cancel")}</Button>
      </div>
    </Form>
  );
}
