import { useQueryClient } from "@tanstack/react-query";
import type { AdminComponents } from "@yidiantong/client";
import { App, Form, Input, Radio, Select } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { mark, mended, placeFaults } from "../../lib/faults";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { useOrganisations } from "../../lib/regions";
import { actsInCases, useStaff } from "../../lib/session";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { RegionSelect } from "../../ui/RegionSelect";
import { SendButton } from "../../ui/SendButton";
import { words } from "./words";

type Request = AdminComponents["schemas"]["RelationRequest"];

const TYPES = ["organisation", "post", "staff"] as const;
const FIELDS = ["of", "to/type", "to/id", "note"] as const;

export function DeclareForm() {
  const say = useText(words);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const me = useStaff();
  const [form] = Form.useForm<Request>();
  const [region, setRegion] = useState(me.region_code);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const type = Form.useWatch(["to", "type"], form) ?? "organisation";
  const needed = [{ required: true, message: say("need") }];

  const submit = async (typed: Request) => {
    setBusy(true);
    setError(null);
    try {
      const body = { ...typed, note: typed.note.trim(), to: { ...typed.to, id: typed.to.id.trim() } };
      await adminApi.POST("/api/v1/admin/relations", { body });
      message.success(say("done"));
      form.resetFields();
      // It recuses: what was to be seen a moment ago may be gone.
      await queries.invalidateQueries();
    } catch (thrown) {
      const refused = asApiError(thrown);
      setError(refused);
      const { placed } = placeFaults(refused, FIELDS);
      mark(form, placed);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form<Request>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="card page-form"
      aria-label={say("new")}
      initialValues={{ of: "myself", to: { type: "organisation" } }}
      onValuesChange={(changed: Partial<Request>) => {
        setError(null);
        mended(form, changed);
        if (changed.to?.type !== undefined) form.resetFields([["to", "id"]]);
      }}
      onFinish={(typed) => void submit(typed)}
    >
      <h2>{say("new")}</h2>
      <Form.Item name="of" label={say("of")}>
        <Radio.Group
          aria-label={say("of")}
          options={[
            { value: "myself", label: say("of_myself") },
            ...(actsInCases(me.role) ? [{ value: "unit", label: say("of_unit") }] : []),
          ]}
        />
      </Form.Item>
      <Form.Item name={["to", "type"]} label={say("to_type")}>
        <Radio.Group
          aria-label={say("to_type")}
          options={TYPES.map((value) => ({ value, label: say(`type_${value}`) }))}
        />
      </Form.Item>
      {type === "staff" ? (
        <Form.Item name={["to", "id"]} label={say("staff_id")} extra={say("staff_hint")} rules={needed}>
          <Input autoComplete="off" maxLength={64} />
        </Form.Item>
      ) : (
        <div className="two-columns">
          <Form.Item label={say("place")} htmlFor="relation-place">
            <RegionSelect
              id="relation-place"
              levels={["city", "county", "township", "village"]}
              wholeCounty
              value={region}
              onChange={(code) => {
                setRegion(code);
                form.resetFields([["to", "id"]]);
              }}
            />
          </Form.Item>
          <Form.Item name={["to", "id"]} label={say("which")} rules={needed}>
            <UnitOrPost region={region} posts={type === "post"} />
          </Form.Item>
        </div>
      )}
      <Form.Item name="note" label={say("note")} extra={say("note_hint")} rules={needed}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      {error === null ? null : <ProblemAlert error={error} shownAt={FIELDS.map((field) => `/${field}`)} />}
      <SendButton type="primary" htmlType="submit" loading={busy}>
        {say("submit")}
      </SendButton>
    </Form>
  );
}

interface PickProps {
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
  region: string;
  posts: boolean;
}

/** A unit, or a post of one, of a place and those above it. */
function UnitOrPost({ region, posts, ...field }: PickProps) {
  const say = useText(words);
  const { data, isPending } = useOrganisations(region);
  const units = data?.items ?? [];
  const options = posts
    ? units.flatMap((unit) =>
        unit.posts.map((post) => ({ value: post.id, label: `${unit.name} ${post.title}` })),
      )
    : units.map((unit) => ({ value: unit.id, label: unit.name }));
  return (
    <Select
      {...field}
      placeholder={say("choose")}
      loading={isPending}
      showSearch={{ optionFilterProp: "label" }}
      options={options}
    />
  );
}
