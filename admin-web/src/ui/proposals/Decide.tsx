import { App, Form, Input } from "antd";
import { useId, useState } from "react";
import { useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useDecide } from "../../lib/proposals";
import { ProblemAlert } from "../ProblemAlert";
import { SendButton } from "../SendButton";
import { words } from "./words";

/** As the server has it. */
const LONGEST = 2000;

interface Props {
  id: string;
  onDecided?: ((approved: boolean) => void) | undefined;
}

/** Yes or no, with words: no is always explained. */
export function Decide({ id, onDecided }: Props) {
  const say = useText(words);
  const both = useText(common);
  const { message } = App.useApp();
  const { decide, busy, error } = useDecide(id);
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState(false);
  const field = useId();

  const answer = async (approve: boolean) => {
    if (!approve && note.trim() === "") {
      setMissing(true);
      document.getElementById(field)?.focus();
      return;
    }
    const refused = await decide(approve, note);
    if (refused !== null) return;
    message.success(say(approve ? "approved" : "refused"));
    onDecided?.(approve);
  };

  return (
    <Form component={false} layout="vertical" requiredMark={false}>
      <Form.Item
        className="decide-note"
        label={
          <label htmlFor={field}>
            {say("note")}
            {both("optional")}
          </label>
        }
        validateStatus={missing ? "error" : ""}
        help={missing ? say("need_note") : undefined}
      >
        <Input.TextArea
          id={field}
          value={note}
          maxLength={LONGEST}
          aria-invalid={missing}
          autoSize={{ minRows: 2, maxRows: 8 }}
          onChange={({ target }) => {
            setNote(target.value);
            setMissing(false);
          }}
        />
      </Form.Item>
      {error === null ? null : <ProblemAlert error={error} />}
      <div className="action-end">
        <SendButton type="primary" loading={busy} onClick={() => void answer(true)}>
          {say("approve")}
        </SendButton>
        <SendButton danger disabled={busy} onClick={() => void answer(false)}>
          {say("refuse")}
        </SendButton>
      </div>
    </Form>
  );
}
