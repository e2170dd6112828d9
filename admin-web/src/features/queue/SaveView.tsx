import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useStaff } from "../../lib/session";
import { saveView } from "./savedViews";
import { words } from "./words";

/** Gives what is shown a name, under which it stands in the side bar from now on. */
export function SaveView({ search }: { search: string }) {
  const say = useText(words);
  const both = useText(common);
  const me = useStaff().id;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say("save_view")}</Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        title={say("save_view")}
        width={400}
        destroyOnHidden
      >
        <Form<{ name: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={({ name }) => {
            saveView(me, { name: name.trim(), search });
            setOpen(false);
          }}
        >
          <Form.Item
            name="name"
            label={say("save_view_name")}
            extra={say("save_view_note")}
            rules={[{ required: true, whitespace: true, message: say("save_view_name") }]}
          >
            <Input maxLength={20} autoFocus />
          </Form.Item>
          <div className="action-end">
            <Button type="primary" htmlType="submit">
              {say("save")}
            </Button>
            <Button onClick={() => setOpen(false)}>{both("cancel")}</Button>
          </div>
        </Form>
      </Modal>
    </>
  );
}
