import { ReloadOutlined } from "@ant-design/icons";
import { useText } from "../../lib/i18n";
import { words } from "./words";

/** Something came or went while somebody works here: the list stays as it is until they ask. */
export function ChangesStrip({ changes, onShow }: { changes: number; onShow: () => void }) {
  const say = useText(words);
  return (
    <div className="changes" role="status">
      {changes === 0 ? null : (
        <button type="button" onClick={onShow}>
          <ReloadOutlined aria-hidden /> {say("changes", { n: changes })}
        </button>
      )}
    </div>
  );
}
