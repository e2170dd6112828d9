// To whom it will go, told while there is still time to think about it.
import { useDraft } from "../../lib/draft";
import { useWords } from "../../lib/i18n";
import { Notice } from "../../ui/parts";
import { Zh } from "../../ui/Zh";
import { destination } from "./destination";
import type { Matter } from "./useMatter";
import { words } from "./words";

export function GoesTo({ matter }: { matter: Matter }) {
  const say = useWords(words);
  const draft = useDraft();
  const answered = draft.nobody || draft.other || draft.targets.length > 0;
  const to = destination(draft, matter.units);
  return (
    <div class="goes" role="status">
      {!answered || to.to === "unknown" ? null : to.to === "outside" ? (
        <Notice tone="wait">
          <p>{say.goesOutside}</p>
        </Notice>
      ) : (
        <Notice tone="good">
          <p>
            {say.goesTo}
            <Zh>{to.unit.name}</Zh>
          </p>
        </Notice>
      )}
    </div>
  );
}
