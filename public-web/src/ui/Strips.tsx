// Quiet lines at the top of a page: that what stands here is of an earlier day, that a newer version lies ready, and that
// what waited for a line has gone by itself. The first two not where somebody writes or follows a case: what stands there
// comes from the server or not at all.
import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import { isPersonal } from "../lib/apart";
import { useLanguage, useWords } from "../lib/i18n";
import { freshen, useOld } from "../lib/line";
import { moment } from "../lib/moment";
import { useArrived } from "../lib/pending";
import { useNewVersion } from "../lib/version";
import { Icon } from "./Icon";

const words = {
  zh: {
    weak: "网不好，",
    offline: "现在没有网络，",
    old: ["您看到的是", "的内容"],
    again: "再试一次",
    version: "有新版本",
    take: "点这里更新",
    arrived: "刚才没发出去的反映，已经交上去了。",
    code: "去看回执码",
  },
  en: {
    weak: "Weak or no connection: ",
    offline: "You are offline: ",
    old: ["you see this as of ", ""],
    again: "Try again",
    version: "A new version is ready",
    take: "Tap to update",
    arrived: "What could not be sent before is handed in now.",
    code: "See the receipt code",
  },
};

/** There the receipts themselves, or what waits, are in sight. */
const TELLS_ITSELF = /^\/(mine|receipt|new(\/sent)?|v\/\d{12})$/;

export function Strips() {
  const say = useWords(words);
  const language = useLanguage();
  const { path } = useLocation();
  const since = useOld();
  const take = useNewVersion();
  const arrived = useArrived();
  const box = useRef<HTMLDivElement>(null);
  const shown = since !== null || take !== null || arrived;
  // It may come above what the browser has scrolled to: told in part is not told.
  useEffect(() => {
    const { top = 0, bottom = 0 } = box.current?.getBoundingClientRect() ?? {};
    if (shown && top < 0 && bottom > 0) box.current?.scrollIntoView({ block: "start" });
  }, [shown]);
  return (
    <div class="strips" ref={box}>
      <div role="status">
        {since === null || isPersonal(path) ? null : (
          <p class="strip">
            <Icon name="offline" size={1.1} />
            <span>
              {navigator.onLine ? say.weak : say.offline}
              {say.old[0]}
              <span class="keep">{moment(since, language)}</span>
              {say.old[1]}
            </span>
            <button type="button" class="textbutton" onClick={freshen}>
              {say.again}
            </button>
          </p>
        )}
      </div>
      <div role="status">
        {!arrived || TELLS_ITSELF.test(path) ? null : (
          <p class="strip good">
            <Icon name="check" size={1.1} />
            <span>{say.arrived}</span>
            <a class="textbutton" href="/mine">
              {say.code}
            </a>
          </p>
        )}
      </div>
      {/* Not while somebody writes: what is not kept would be lost. */}
      {take === null || isPersonal(path) ? null : (
        <p class="strip">
          <span>{say.version}</span>
          <button type="button" class="textbutton" onClick={take}>
            {say.take}
          </button>
        </p>
      )}
    </div>
  );
}
