// Two quiet lines at the top of a page: that what stands here is of an earlier day, and that a newer version lies ready.
// Not where somebody writes or follows a case: what stands there comes from the server or not at all.
import { useLocation } from "preact-iso";
import { isPersonal } from "../lib/apart";
import { useLanguage, useWords } from "../lib/i18n";
import { freshen, useOld } from "../lib/line";
import { moment } from "../lib/moment";
import { useNewVersion } from "../lib/version";
import { Icon } from "./Icon";

const words = {
  zh: {
    old: ["网不好，您看到的是", "的内容"],
    again: "再试一次",
    version: "有新版本",
    take: "点这里更新",
  },
  en: {
    old: ["Weak or no connection: you see this as of ", ""],
    again: "Try again",
    version: "A new version is ready",
    take: "Tap to update",
  },
};

export function Strips() {
  const say = useWords(words);
  const language = useLanguage();
  const { path } = useLocation();
  const since = useOld();
  const take = useNewVersion();
  return (
    <div class="strips">
      <div role="status">
        {since === null || isPersonal(path) ? null : (
          <p class="strip">
            <Icon name="offline" size={1.1} />
            <span>
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
