import { actions, word } from "@yidiantong/client";
import { Checkbox, Modal } from "antd";
import { useLanguage, useText } from "../../lib/i18n";
import { ACTION_KEYS } from "./actionKeys";
import { words } from "./words";

const KEYS = [
  [["J"], "keys_down"],
  [["K"], "keys_up"],
  [["Enter"], "keys_open"],
  [["X"], "keys_pick"],
  [["Shift", "J"], "keys_pick_down"],
  [["Shift", "K"], "keys_pick_up"],
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
  const language = useLanguage();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={say("keys_title")} width={640}>
      <div className="keys-both">
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
        <dl className="keys">
          {ACTION_KEYS.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what.map((action) => word(actions, action, language)).join(" / ")}</dd>
            </div>
          ))}
        </dl>
      </div>
      <p className="keys-note">{say("keys_note")}</p>
      <Checkbox checked={on} onChange={(event) => setOn(event.target.checked)}>
        {say("keys_on")}
      </Checkbox>
    </Modal>
  );
}
