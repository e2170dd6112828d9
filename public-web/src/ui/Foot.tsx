// The end of every page, always the same: two numbers to call, and the pages that explain this web. Help has one place.
import { useWords } from "../lib/i18n";
import { ANYTHING, OFFICIALS } from "../lib/phones";
import { ButtonLink } from "./parts";

const words = {
  zh: {
    call: "不想打字，打电话也行",
    anything: `${ANYTHING} 什么事都能问`,
    officials: `${OFFICIALS} 反映干部`,
    help: "帮助",
    privacy: "怎么保护您",
    a11y: "看不清、听不清",
    // Nothing to say: everything is Chinese.
    asPublished: "",
  },
  en: {
    call: "Rather talk than type? Call:",
    anything: `${ANYTHING} for anything`,
    officials: `${OFFICIALS} about officials`,
    help: "Help",
    privacy: "Privacy",
    a11y: "Accessibility",
    asPublished: "Names, lists, rules and answers stand here as they were published, in Chinese.",
  },
};

export function Foot() {
  const say = useWords(words);
  return (
    <footer class="column foot">
      {say.asPublished === "" ? null : <p class="cap">{say.asPublished}</p>}
      <p class="cap">{say.call}</p>
      <p class="calls">
        <ButtonLink look="quiet" icon="phone" href={`tel:${ANYTHING}`}>
          {say.anything}
        </ButtonLink>
        <ButtonLink look="quiet" icon="phone" href={`tel:${OFFICIALS}`}>
          {say.officials}
        </ButtonLink>
      </p>
      <p class="links">
        <a href="/help">{say.help}</a>
        <a href="/privacy">{say.privacy}</a>
        <a href="/a11y">{say.a11y}</a>
      </p>
    </footer>
  );
}
