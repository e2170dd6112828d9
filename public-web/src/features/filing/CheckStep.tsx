// Step 3: everything once more, each row with its way back, and handing it in.
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../../lib/api";
import {
  changeDraft,
  currentDraft,
  type Draft,
  eraseDraft,
  moveDraft,
  useDraft,
  useDraftKept,
} from "../../lib/draft";
import { showFiled } from "../../lib/filed";
import { handIn, withBody } from "../../lib/hand";
import { useLanguage, useWords } from "../../lib/i18n";
import { levelWord } from "../../lib/levels";
import { go, noteHandedIn } from "../../lib/navigate";
import { takeIn } from "../../lib/outbox";
import { preloadPage } from "../../lib/preload";
import { StepHeading } from "../../ui/form";
import { Page } from "../../ui/Page";
import { Button, Notice, StickyAction } from "../../ui/parts";
import { Loaded } from "../../ui/states";
import { AnswerBy } from "./AnswerBy";
import { Answers } from "./Answers";
import { bodyOf } from "./body";
import { faultsOfIdentity, faultsOfMatter, faultsOfServer } from "./checks";
import { destination } from "./destination";
import { GoesTo } from "./GoesTo";
import { SavedLine } from "./Keeping";
import { mend } from "./mend";
import { NotYet } from "./NotYet";
import { type Matter, useMatter } from "./useMatter";
import { words } from "./words";

/** Into the outbox, from where it goes, whatever becomes of this page; `false` where the phone keeps nothing. */
async function post(draft: Draft): Promise<boolean> {
  try {
    await takeIn(draft);
  } catch {
    return false;
  }
  moveDraft();
  noteHandedIn(draft.about);
  go("/new/sent", { replace: true, state: { sent: draft.key } });
  return true;
}

export function CheckStep({ region }: { region: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const draft = useDraft();
  const kept = useDraftKept();
  const load = useMatter(region);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  // A second tap may come before the button is drawn as waiting.
  const busy = useRef(false);

  useEffect(() => {
    if (currentDraft().text.trim() === "") go("/new", { replace: true });
  }, []);

  const submit = async (matter: Matter) => {
    if (busy.current) return;
    const outside = destination(draft, matter.units).to === "outside";
    const faults = [
      ...faultsOfMatter(draft, matter.categories.categories, outside),
      ...faultsOfIdentity(draft),
    ];
    if (faults.length > 0) return mend(faults);
    busy.current = true;
    setSending(true);
    setProblem(null);
    try {
      // Noted before it goes: later it must still be known what may have arrived.
      const sent = withBody(bodyOf(draft), draft.sent);
      if (kept === true && (await post({ ...draft, sent }))) return;
      changeDraft({ sent });
      // A receipt that could not be drawn would be lost: its page must be here before anything is handed in.
      await preloadPage("/receipt");
      const { view, earlier } = await handIn(
        { key: draft.key, bodies: sent, photos: draft.photos },
        (photos) => changeDraft({ photos }),
      );
      noteHandedIn(draft.about);
      showFiled(view, earlier);
      eraseDraft();
    } catch (reason) {
      const why = reason instanceof Problem ? reason : new Problem("server");
      const places = faultsOfServer(why.errors);
      if (places.length > 0) mend(places);
      else setProblem(why);
    } finally {
      busy.current = false;
      setSending(false);
    }
  };

  const ready = load.state === "ready" ? load.data : null;
  const to = ready === null ? null : destination(draft, ready.units);
  const place =
    ready !== null && to?.to === "unit" ? levelWord(ready.region.path, to.unit.level, language) : null;
  const label = sending
    ? say.sending
    : problem !== null
      ? say.again
      : place === null
        ? say.submit
        : say.submitTo(place);
  return (
    <Page
      title={say.docTitle(3, say.checkTitle)}
      heading={<StepHeading at={3} of={3} words={say.step(3)} title={say.checkTitle} />}
      bar={say.bar}
      back="/new/name"
      sticky={
        <StickyAction>
          <SavedLine />
          <Button
            look="main"
            wide
            disabled={ready === null}
            aria-disabled={sending}
            onClick={() => ready !== null && submit(ready)}
          >
            {label}
          </Button>
        </StickyAction>
      }
    >
      {problem === null ? null : <NotYet problem={problem} />}
      <Loaded of={load} lines={5}>
        {(matter) => (
          <>
            <Answers matter={matter} />
            <GoesTo matter={matter} />
            <AnswerBy region={region} />
            <div class="goes">
              <Notice tone="plain" icon="receipt">
                <p>{say.privacy}</p>
              </Notice>
            </div>
          </>
        )}
      </Loaded>
      <p class="sr" role="status">
        {sending ? say.sending : ""}
      </p>
    </Page>
  );
}
