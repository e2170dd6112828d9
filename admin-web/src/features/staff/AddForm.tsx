import type { AdminComponents } from "@yidiantong/client";
import { Button, Form, Input, Select } from "antd";
import { adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { common, roles } from "../../lib/i18n/common";
import { type Role, useStaff } from "../../lib/session";
import { useSend } from "../../lib/useSend";
import { FormFailure } from "../../ui/FormFailure";
import { RegionSelect } from "../../ui/RegionSelect";
import { SendButton } from "../../ui/SendButton";
import { StaffSelect } from "../../ui/StaffSelect";
import type { Ended } from "./StaffPage";
import { UnitFields } from "./UnitFields";
import { words } from "./words";

type AddStaff = AdminComponents["schemas"]["AddStaff"];

const FIELDS = [
  "username",
  "display_name",
  "role",
  "organisation_id",
  "region_code",
  "email",
  "person_of",
  "reason",
] as const;
export const ROLES = Object.keys(roles) as Role[];

export function AddForm({ onClose }: { onClose: (end: Ended) => void }) {
  const say = useText(words);
  const both = useText(common);
  const sayRole = useText(roles);
  const own = useStaff().region_code;
  const [form] = Form.useForm<AddStaff>();
  const { send, busy, error, onChange } = useSend<NonNullable<Ended>>(form, FIELDS);
  const needed = [{ required: true, message: say("need") }];

  const submit = async (typed: AddStaff) => {
    const email = typed.email?.trim() ?? "";
    const body = {
      ...typed,
      username: typed.username.trim(),
      display_name: typed.display_name.trim(),
      email: email === "" ? null : email,
      reason: typed.reason?.trim() ?? "",
    };
    const made = await send(() => adminApi.POST("/api/v1/admin/staff", { body }));
    if (made !== null) onClose(made);
  };

  return (
    <Form<AddStaff>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card page-form"
      aria-label={say("add")}
      onValuesChange={onChange}
      onFinish={(typed) => void submit(typed)}
    >
      <h2>{say("add")}</h2>
      <div className="two-columns">
        <Form.Item name="display_name" label={say("name")} rules={needed}>
          <Input autoComplete="off" maxLength={64} />
        </Form.Item>
        <Form.Item name="username" label={say("username")} extra={say("username_hint")} rules={needed}>
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={32} />
        </Form.Item>
      </div>
      <Form.Item name="role" label={say("role")} rules={needed}>
        <Select
          placeholder={say("choose")}
          options={ROLES.map((value) => ({ value, label: sayRole(value) }))}
        />
      </Form.Item>
      <UnitFields first={own} />
      <div className="two-columns">
        <Form.Item name="region_code" label={`${say("region")}${both("optional")}`}>
          <RegionSelect levels={["city", "county", "township", "village"]} />
        </Form.Item>
        <Form.Item name="email" label={say("email")}>
          <Input type="email" autoComplete="off" maxLength={254} />
        </Form.Item>
      </div>
      <Form.Item
        name="person_of"
        label={`${say("person_of")}${both("optional")}`}
        extra={say("person_of_hint")}
      >
        <StaffSelect state="disabled" />
      </Form.Item>
      <Form.Item name="reason" label={say("reason")} rules={needed}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      {error === null ? null : <FormFailure error={error} fields={FIELDS} />}
      <div className="action-end">
        <SendButton type="primary" htmlType="submit" loading={busy}>
          {say("submit")}
        </SendButton>
        <Button onClick={() => onClose(null)}>{both("cancel")}</Button>
      </div>
    </Form>
  );
}
