// Offered on the first visit only, before anything needs reading.
import { useWords } from "../lib/i18n";
import { setTextSize, useSizeOffer } from "../lib/settings";
import { Icon } from "./Icon";

const words = {
  zh: { offer: "字太小？点这里放大", close: "不用放大" },
  en: { offer: "Text too small? Tap to enlarge", close: "No, keep it" },
};

export function SizeOffer() {
  const say = useWords(words);
  if (!useSizeOffer()) return null;
  return (
    <div class="offer">
      <button type="button" onClick={() => setTextSize(22)}>
        <Icon name="text" />
        <span>{say.offer}</span>
      </button>
      <button type="button" aria-label={say.close} onClick={() => setTextSize(18)}>
        <Icon name="close" size={1.1} />
      </button>
    </div>
  );
}
