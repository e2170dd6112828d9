// Publishing what was looked at: everybody reads the reason beside the new versions.
import { Form, Input } from "antd";
import { adminApi } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { useSend } from "../../lib/useSend";
import { FormFailure } from "../../ui/FormFailure";
import { SendButton } from "../../ui/SendButton";
import type { ImportedFile, ImportView } from "./ImportLook";
import { words } from "./words";

interface Props {
  file: ImportedFile;
  onDone: (done: ImportView) => void;
}

export function ImportPublish({ file, onDone }: Props) {
  const say = useText(words);
  const [form] = Form.useForm<{ reason: string }>();
  const { send, busy, error, onChange } = useSend<ImportView>(form, ["reason"]);
  const publish = async ({ reason }: { reason: string }) => {
    const params = { query: { reason } };
    const done = await send(() => adminApi.POST("/api/v1/admin/powers/import", { params, body: file }));
    if (done !== null) onDone(done);
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="page-form"
      aria-label={say("import_do")}
      onValuesChange={onChange}
      onFinish={(typed: { reason: string }) => void publish(typed)}
    >
      <Form.Item name="reason" label={say("reason")} rules={[{ required: true, message: say("need") }]}>
        <Input autoComplete="off" maxLength={300} />
      </Form.Item>
      {error === null ? null : <FormFailure error={error} fields={["reason"]} />}
      <SendButton type="primary" htmlType="submit" loading={busy}>
        {say("import_do")}
      </SendButton>
    </Form>
  );
}
