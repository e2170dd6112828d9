import { type AdminComponents, organisationKinds, word } from "@yidiantong/client";
import { Button, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import type { AdminUnit } from "../../lib/organisations";
import { useOrganisations } from "../../lib/regions";
import { useSend } from "../../lib/useSend";
import { FormFailure } from "../../ui/FormFailure";
import { useLeaveGuard } from "../../ui/leaving";
import { RegionSelect } from "../../ui/RegionSelect";
import { SendButton } from "../../ui/SendButton";
import type { Ended } from "./OrganisationsPage";
import { words } from "./words";

type Founding = AdminComponents["schemas"]["FoundOrganisation"];

const FIELDS = ["region_code", "kind", "name", "led_by", "email", "posts", "reason"] as const;
/** Those that do not come with their region; where each fits, the server says. */
const KINDS = ["county_bureau", "accounting_agency", "other"] as const;

interface Props {
  first: string;
  onClose: (end: Ended) => void;
}

export function FoundForm({ first, onClose }: Props) {
  const say = useText(words);
  const both = useText(common);
  const language = useLanguage();
  const [form] = Form.useForm<Founding>();
  const place = Form.useWatch("region_code", form) ?? first;
  const [typed, setTyped] = useState(false);
  useLeaveGuard(typed, { title: say("leave"), text: say("leave_text") });
  const { send, busy, error, onChange } = useSend<AdminUnit>(form, FIELDS);
  const needed = [{ required: true, whitespace: true, message: say("need") }];
  const chosen = [{ required: true, message: say("need") }];

  const submit = async (asked: Founding) => {
    const email = asked.email?.trim() ?? "";
    const body: Founding = {
      ...asked,
      name: asked.name.trim(),
      led_by: asked.led_by ?? null,
      email: email === "" ? null : email,
      posts: asked.posts.map(({ title, leads }) => ({ title: title.trim(), leads: leads === true })),
      reason: asked.reason.trim(),
    };
    const made = await send(() => adminApi.POST("/api/v1/admin/organisations", { body }));
    if (made !== null) onClose(made);
  };

  return (
    <Form<Founding>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card page-form"
      aria-label={say("add")}
      initialValues={{ region_code: first, posts: [{ title: "", leads: true }] }}
      onValuesChange={(changed: Partial<Founding>) => {
        setTyped(true);
        if ("region_code" in changed) form.resetFields(["led_by"]);
        onChange(changed);
      }}
      onFinish={(asked) => void submit(asked)}
    >
      <h2>{say("add")}</h2>
      <div className="two-columns">
        <Form.Item name="region_code" label={say("region")} rules={chosen}>
          <RegionSelect levels={["city", "county", "township", "village"]} />
        </Form.Item>
        <Form.Item name="kind" label={say("kind")} extra={say("kind_hint")} rules={chosen}>
          <Select
            placeholder={say("choose")}
            options={KINDS.map((value) => ({ value, label: word(organisationKinds, value, language) }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="name" label={say("name")} rules={needed}>
        <Input autoComplete="off" maxLength={60} />
      </Form.Item>
      <Form.Item name="led_by" label={`${say("leader")}${both("optional")}`} extra={say("leader_hint")}>
        <LeaderSelect place={place} />
      </Form.Item>
      <Form.Item name="email" label={`${say("mail")}${both("optional")}`}>
        <Input type="email" autoComplete="off" maxLength={254} />
      </Form.Item>
      <PostFields />
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

interface LeaderProps {
  id?: string;
  place: string;
  value?: string | null;
  onChange?: (id: string | undefined) => void;
}

/** Units of the place, and of the nearest one above it. */
function LeaderSelect({ place, ...field }: LeaderProps) {
  const say = useText(words);
  const units = useOrganisations(place);
  const all = units.data?.items ?? [];
  const above = all.find((unit) => unit.region_code !== place)?.region_code;
  return (
    <Select
      {...field}
      allowClear
      placeholder={say("choose")}
      loading={units.isPending}
      showSearch={{ optionFilterProp: "label" }}
      options={all
        .filter(({ region_code }) => region_code === place || region_code === above)
        .map((unit) => ({ value: unit.id, label: unit.name }))}
    />
  );
}

function PostFields() {
  const say = useText(words);
  return (
    <Form.List name="posts">
      {(fields, { add, remove }, { errors }) => (
        <fieldset className="found-posts">
          <legend>{say("posts")}</legend>
          {fields.map(({ key, name }, index) => (
            <div key={key} className="found-post">
              <Form.Item
                name={[name, "title"]}
                rules={[{ required: true, whitespace: true, message: say("need") }]}
              >
                <Input
                  aria-label={`${say("post_title")} ${index + 1}`}
                  placeholder={say("post_title")}
                  autoComplete="off"
                  maxLength={40}
                />
              </Form.Item>
              <Form.Item name={[name, "leads"]} valuePropName="checked">
                <Checkbox>{say("leads")}</Checkbox>
              </Form.Item>
              {fields.length === 1 ? null : (
                <Button onClick={() => remove(name)} aria-label={`${say("remove_post")} ${index + 1}`}>
                  {say("remove_post")}
                </Button>
              )}
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          <Button onClick={() => add({ title: "", leads: false })}>{say("another_post")}</Button>
        </fieldset>
      )}
    </Form.List>
  );
}
