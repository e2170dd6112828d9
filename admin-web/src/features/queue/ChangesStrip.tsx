import { ReloadOutlined } from "@ant-design/icons";
import { useText } from "../../lib/i18n";
import { words } from "./words";

interface Props {
  /** How many came by themselves and were not looked at. */
  arrived: number;
  /** How many stand here still, though they left the view. */
  gone: number;
  onShow: () => void;
}

/** What came and what left while somebody works here, and the way to the list as it is now. It takes no room of its own. */
export function ChangesStrip({ arrived, gone, onShow }: Props) {
  const say = useText(words);
  if (arrived + gone === 0) return null;
  const said = [
    ...(arrived === 0 ? [] : [say("arrived", { n: arrived })]),
    ...(gone === 0 ? [] : [say("left", { n: gone })]),
  ];
  return (
    <button type="button" className="changes" onClick={onShow}>
      <ReloadOutlined aria-hidden /> {said.join(say("and"))}
      <span className="changes-do">{say("tidy")}</span>
    </button>
  );
}
