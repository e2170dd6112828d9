import type { AdminComponents } from "@yidiantong/client";
import { Button, Form, Input, Select } from "antd";
import { $public, adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useStaff } from "../../lib/session";
import { useSend } from "../../lib/useSend";
import { FormFailure } from "../../ui/FormFailure";
import { RegionSelect } from "../../ui/RegionSelect";
import { SendButton } from "../../ui/SendButton";
import { words } from "./words";

type Schemas = AdminComponents["schemas"];

const FIELDS = ["region_code", "item", "event_on", "title"] as const;

/** Something happened that must be published at once. */
export function EventForm({ onClose }: { onClose: (made: Schemas["ObligationDetail"] | null) => void }) {
  const say = useText(words);
  const both = useText(common);
  const own = useStaff().region_code;
  const [form] = Form.useForm<Schemas["EventBody"]>();
  const village = Form.useWatch("region_code", form) ?? own;
  const matters = $public.useQuery("get", "/api/v1/regions/{code}/catalogue", {
    params: { path: { code: village } },
  });
  const { send, busy, error, onChange } = useSend<Schemas["ObligationDetail"]>(form, FIELDS);
  const needed = [{ required: true, message: say("need") }];
  const submit = async (typed: Schemas["EventBody"]) => {
    const body = { ...typed, title: typed.title.trim() };
    const made = await send(() => adminApi.POST("/api/v1/admin/obligations", { body }));
    if (made !== null) onClose(made);
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card page-form"
      aria-label={say("record")}
      initialValues={own.endsWith("000") ? {} : { region_code: own }}
      onValuesChange={onChange}
      onFinish={(typed: Schemas["EventBody"]) => void submit(typed)}
    >
      <h2>{say("record")}</h2>
      <p className="quiet">{say("record_lead")}</p>
      <div className="two-columns">
        <Form.Item name="region_code" label={say("village")} rules={needed}>
          <RegionSelect levels={["village"]} />
        </Form.Item>
        <Form.Item name="item" label={say("matter")} rules={needed}>
          <Select
            loading={matters.isPending}
            options={(matters.data?.items ?? [])
              .filter((matter) => matter.frequency === "at_once")
              .map((matter) => ({ value: matter.code, label: matter.name }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="event_on" label={say("event_on")} rules={needed} extra={say("event_on_help")}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="title" label={say("event_title")} rules={needed}>
        <Input autoComplete="off" maxLength={60} />
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
