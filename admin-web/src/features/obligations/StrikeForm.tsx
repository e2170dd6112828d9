import type { AdminComponents } from "@yidiantong/client";
import { Button, Form, Input, Modal } from "antd";
import { $admin, adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useSend } from "../../lib/useSend";
import { FormFailure } from "../../ui/FormFailure";
import { Proposed } from "../../ui/Proposed";
import { SendButton } from "../../ui/SendButton";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

type Schemas = AdminComponents["schemas"];
type Row = Schemas["ObligationView"];

const FIELDS = ["reason"] as const;
/** As the server has it. */
const LONGEST = 200;

/** Asks to strike an event that was written down by mistake; where somebody has asked already, says until when it waits. */
export function StrikeForm({ row, onClose }: { row: Row; onClose: () => void }) {
  const say = useText(words);
  const both = useText(common);
  const { id } = row;
  const found = $admin.useQuery("get", "/api/v1/admin/obligations/{id}", { params: { path: { id } } });
  const until = found.data?.strike_waits_until;
  const [form] = Form.useForm<Schemas["StrikeBody"]>();
  const { send, busy, error, onChange } = useSend<Schemas["ProposedView"]>(form, FIELDS);
  const submit = ({ reason }: Schemas["StrikeBody"]) =>
    send(() =>
      adminApi.POST("/api/v1/admin/obligations/{id}/strike", {
        params: { path: { id } },
        body: { reason: reason.trim() },
      }),
    );
  return (
    <Modal open title={say("strike")} footer={null} onCancel={onClose}>
      <p>
        <Zh>{row.title}</Zh>
      </p>
      {until == null ? (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          aria-label={say("strike")}
          onValuesChange={onChange}
          onFinish={(typed: Schemas["StrikeBody"]) => void submit(typed)}
        >
          <p className="quiet strike-lead">{say("strike_lead")}</p>
          <Form.Item
            name="reason"
            label={say("strike_reason")}
            extra={say("strike_reason_help")}
            rules={[{ required: true, whitespace: true, min: 2, message: say("need") }]}
          >
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={LONGEST} />
          </Form.Item>
          {error === null ? null : <FormFailure error={error} fields={FIELDS} />}
          <div className="action-end">
            <SendButton type="primary" htmlType="submit" loading={busy}>
              {say("strike_submit")}
            </SendButton>
            <Button onClick={onClose}>{both("cancel")}</Button>
          </div>
        </Form>
      ) : (
        <Proposed until={until} />
      )}
    </Modal>
  );
}
