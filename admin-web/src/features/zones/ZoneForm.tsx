import type { AdminComponents } from "@yidiantong/client";
import { Button, Form, Input, Select } from "antd";
import { adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { countyOf, useChildren, useOrganisations } from "../../lib/regions";
import { useStaff } from "../../lib/session";
import { useSend } from "../../lib/useSend";
import { FormFailure } from "../../ui/FormFailure";
import { RegionSelect } from "../../ui/RegionSelect";
import { SendButton } from "../../ui/SendButton";
import { words } from "./words";

type Schemas = AdminComponents["schemas"];

const FIELDS = ["county_code", "name", "lead_organisation_id", "townships", "reason"] as const;

interface Props {
  /** The zone to change; `null` for a new one. */
  zone: Schemas["ZoneView"] | null;
  /** With the end of the proposal's time, or `null` when nothing was proposed. */
  onClose: (until: string | null) => void;
}

export function ZoneForm({ zone, onClose }: Props) {
  const say = useText(words);
  const both = useText(common);
  const own = countyOf(useStaff().region_code);
  const [form] = Form.useForm<Schemas["ZoneBody"]>();
  const county = Form.useWatch("county_code", form) ?? zone?.county_code ?? own;
  const places = useChildren(county);
  const units = useOrganisations(county);
  const { send, busy, error, onChange } = useSend<Schemas["ProposedView"]>(form, FIELDS);
  const needed = [{ required: true, message: say("need") }];

  const submit = async (typed: Schemas["ZoneBody"]) => {
    const body = { ...typed, name: typed.name.trim(), reason: typed.reason?.trim() ?? "" };
    const made = await send(() =>
      zone === null
        ? adminApi.POST("/api/v1/admin/zones", { body })
        : adminApi.PUT("/api/v1/admin/zones/{id}", {
            params: { path: { id: zone.id }, header: { "If-Match": `"${zone.version}"` } },
            body,
          }),
    );
    if (made !== null) onClose(made.expires_at);
  };

  const title = zone === null ? say("new") : say("edit", { name: zone.name });
  const first = zone ?? (own === null ? {} : { county_code: own });
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card page-form"
      aria-label={title}
      initialValues={first}
      onValuesChange={onChange}
      onFinish={(typed: Schemas["ZoneBody"]) => void submit(typed)}
    >
      <h2>{title}</h2>
      <div className="two-columns">
        <Form.Item name="county_code" label={say("county")} rules={needed}>
          <RegionSelect levels={["county"]} wholeCounty />
        </Form.Item>
        <Form.Item name="name" label={say("name")} rules={needed}>
          <Input autoComplete="off" maxLength={50} />
        </Form.Item>
      </div>
      <Form.Item name="lead_organisation_id" label={say("lead_unit")} rules={needed}>
        <Select
          placeholder={say("choose")}
          loading={units.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={(units.data?.items ?? [])
            .filter((unit) => unit.region_code === county)
            .map((unit) => ({ value: unit.id, label: unit.name }))}
        />
      </Form.Item>
      <Form.Item name="townships" label={say("townships")} rules={needed}>
        <Select
          mode="multiple"
          placeholder={say("choose")}
          loading={places.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={(places.data?.items ?? []).map(({ code, short_name }) => ({
            value: code,
            label: short_name,
          }))}
        />
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
