// The chip of what is asked about, and where it is.
import type { PublicComponents } from "@yidiantong/client";
import { changeDraft, currentDraft, hasOwnText, useDraft } from "../../lib/draft";
import { money } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { placeName } from "../../lib/levels";
import { go } from "../../lib/navigate";
import { Zh } from "../../ui/Zh";
import { idOf } from "./useFaults";
import { words } from "./words";

type Path = PublicComponents["schemas"]["RegionDetail"]["path"];

export function About() {
  const say = useWords(words);
  const language = useLanguage();
  const { about } = useDraft();
  if (about === null) return null;
  const drop = () => {
    changeDraft(hasOwnText(currentDraft()) ? { about: null } : { about: null, text: "" });
    // The entry of the history must forget it too, or a reload would bring it back.
    go(location.pathname, { replace: true });
    document.getElementById("text")?.focus();
  };
  return (
    <div class="asked">
      <span>
        <span class="cap">{say.about[about.about.type]}</span>
        <br />
        <b>
          <Zh>{about.label}</Zh>
          {about.amount_fen === undefined ? null : (
            <span class="amount keep">{money(about.amount_fen, language)}</span>
          )}
        </b>
      </span>
      <button
        type="button"
        class="textbutton grey"
        id={idOf("about")}
        aria-label={say.dropLong(about.label)}
        onClick={drop}
      >
        {say.drop}
      </button>
    </div>
  );
}

/** Where it is. What is asked about belongs to its village, so that only without it another may be chosen. */
export function Place({ path }: { path: Path }) {
  const say = useWords(words);
  const { about } = useDraft();
  return (
    <div class="asked place">
      <span>
        <span class="cap">{say.where}</span>
        <br />
        <b>
          <Zh>{placeName(path)}</Zh>
        </b>
      </span>
      {about === null ? (
        <a class="textbutton grey" id={idOf("region")} href="/?find&to=new">
          {say.otherPlace}
        </a>
      ) : null}
    </div>
  );
}
