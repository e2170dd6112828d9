// A session that ended by itself: the same person logs in over the page, which stays as it was with all that is typed.
import { Button, Modal } from "antd";
import { useState } from "react";
import "../styles/login.css";
import { DemoAccounts } from "../features/login/DemoAccounts";
import { type Filled, LoginForm } from "../features/login/LoginForm";
import { giveUp } from "../lib/api";
import { useText } from "../lib/i18n";
import { type Staff, usernameOf } from "../lib/session";
import { plainName } from "../ui/names";
import { words } from "./words";

export function LoginAgain({ staff }: { staff: Staff }) {
  const say = useText(words);
  const [filled, setFilled] = useState<Filled | null>(null);
  return (
    <Modal
      open
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={null}
      width={440}
      title={say("again_title")}
      className="login-again"
    >
      <p className="login-note">{say("again_text", { name: plainName(staff.display_name) })}</p>
      <LoginForm filled={filled} username={usernameOf(staff.id)} />
      <Button type="link" block onClick={giveUp}>
        {say("again_not")}
      </Button>
      <DemoAccounts onChoose={setFilled} />
    </Modal>
  );
}
