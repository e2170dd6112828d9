import { Checkbox, Modal } from "antd";
import { useText } from "../../lib/i18n";
import { words } from "./words";

const KEYS = [
  [["J"], "keys_down"],
  [["K"], "keys_up"],
  [["Enter"], "keys_open"],
  [["/"], "keys_search"],
  [["Esc"], "keys_esc"],
  [["?"], "keys_help"],
] as const;

interface Props {
  open: boolean;
  onClose: () => void;
  on: boolean;
  setOn: (on: boolean) => void;
}

export function KeysHelp({ open, onClose, on, setOn }: Props) {
  const say = useText(words);
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={say("keys_title")} width={400}>
      <dl className="keys">
        {KEYS.map(([names, what]) => (
          <div key={what}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{say(what)}</dd>
          </div>
        ))}
      </dl>
      <p className="keys-note">{say("keys_note")}</p>
      <Checkbox checked={on} onChange={(event) => setOn(event.target.checked)}>
        {say("keys_on")}
      </Checkbox>
    </Modal>
  );
}
