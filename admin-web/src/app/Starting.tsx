import { Spin } from "antd";
import { useText } from "../lib/i18n";
import { words } from "./words";

export function Starting() {
  const say = useText(words);
  return (
    <div className="starting" role="status">
      <Spin />
      <p>{say("starting")}</p>
    </div>
  );
}
