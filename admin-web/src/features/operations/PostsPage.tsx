import { type AdminComponents, formatDay } from "@yidiantong/client";
import { Alert, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { adminApi } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useAdminUnits } from "../../lib/organisations";
import { administers, useStaff } from "../../lib/session";
import { useSend } from "../../lib/useSend";
import { Forbidden } from "../../ui/Forbidden";
import { FormFailure } from "../../ui/FormFailure";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { RegionSelect } from "../../ui/RegionSelect";
import { SendButton } from "../../ui/SendButton";
import { StaffSelect } from "../../ui/StaffSelect";
import { Holders } from "./Holders";
import { postWords as words } from "./words";

export type Holder = AdminComponents["schemas"]["HolderView"];

const FIELDS = ["staff_id", "from", "until"] as const;

interface Typed {
  post: string;
  staff_id: string;
  from: string;
  until?: string;
}

export function Component() {
  return administers(useStaff().role) ? <Posts /> : <Forbidden />;
}

function Posts() {
  const say = useText(words);
  const language = useLanguage();
  const [region, setRegion] = useState(useStaff().region_code);
  const both = useText(common);
  const units = useAdminUnits(region);
  const [form] = Form.useForm<Typed>();
  const { send, busy, error, onChange } = useSend<Holder>(form, FIELDS);
  const [done, setDone] = useState<Holder | null>(null);
  const posts = (units.data ?? []).flatMap((unit) =>
    unit.posts.map((post) => ({
      value: post.id,
      label: `${unit.name} ${post.title}`,
      isOpen: unit.closed_on == null,
      holders: post.holders,
    })),
  );
  const needed = [{ required: true, message: say("need") }];

  const submit = async ({ post, staff_id, from, until }: Typed) => {
    const last = until === undefined || until === "" ? {} : { until };
    const body = { staff_id, from, ...last };
    const params = { path: { id: post } };
    setDone(await send(() => adminApi.POST("/api/v1/admin/posts/{id}/holders", { params, body })));
  };

  const told = (holder: Holder) => {
    const post = posts.find(({ value }) => value === holder.post_id)?.label ?? holder.post_id;
    const from = formatDay(holder.from, language);
    if (holder.until == null) return say("done", { post, from });
    return say("done_until", { post, from, until: formatDay(holder.until, language) });
  };

  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")} />
      {done === null ? null : <Alert type="success" showIcon role="status" title={told(done)} />}
      <Form<Typed>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="card page-form"
        aria-label={say("title")}
        onValuesChange={onChange}
        onFinish={(typed) => void submit(typed)}
      >
        <div className="two-columns">
          <Form.Item label={say("place")} htmlFor="posts-place">
            <RegionSelect
              id="posts-place"
              levels={["city", "county", "township", "village"]}
              value={region}
              onChange={(code) => {
                setRegion(code);
                form.resetFields(["post"]);
              }}
            />
          </Form.Item>
          <Form.Item name="post" label={say("post")} rules={needed}>
            <Select
              placeholder={say("choose")}
              loading={units.isPending}
              showSearch={{ optionFilterProp: "label" }}
              options={posts.filter(({ isOpen }) => isOpen).map(({ value, label }) => ({ value, label }))}
            />
          </Form.Item>
        </div>
        <Form.Item name="staff_id" label={say("staff_id")} extra={say("staff_hint")} rules={needed}>
          <StaffSelect />
        </Form.Item>
        <div className="two-columns">
          <Form.Item name="from" label={say("from")} rules={needed}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="until" label={say("until")} extra={say("again")}>
            <Input type="date" />
          </Form.Item>
        </div>
        {error === null ? null : <FormFailure error={error} fields={FIELDS} />}
        <SendButton type="primary" htmlType="submit" loading={busy}>
          {say("submit")}
        </SendButton>
      </Form>
      <section aria-labelledby="holders">
        <h2 id="holders">{say("now")}</h2>
        {units.isPending ? <PageLoading rows={4} /> : null}
        {units.data === undefined && units.error !== null ? (
          <ProblemAlert error={units.error} onRetry={() => void units.refetch()} />
        ) : null}
        {units.data === undefined ? null : <Holders posts={posts} onEnded={setDone} />}
        {units.hasNextPage ? (
          <Button loading={units.isFetchingNextPage} onClick={() => void units.fetchNextPage()}>
            {both("more")}
          </Button>
        ) : null}
      </section>
    </div>
  );
}
