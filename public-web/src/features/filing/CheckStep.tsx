// Step 3: everything once more, each row with its way back, and handing it in.
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../../lib/api";
import { currentDraft, eraseDraft, useDraft } from "../../lib/draft";
import { showFiled } from "../../lib/filed";
import { useLanguage, useWords } from "../../lib/i18n";
import { levelWord } from "../../lib/levels";
import { go } from "../../lib/navigate";
import { preloadPage } from "../../lib/preload";
import { StepHeading } from "../../ui/form";
import { Page } from "../../ui/Page";
import { Button, Notice, StickyAction } from "../../ui/parts";
import { Loaded } from "../../ui/states";
import { AnswerBy } from "./AnswerBy";
import { Answers } from "./Answers";
import { type Fault, faultsOfIdentity, faultsOfMatter, faultsOfServer, stepOf } from "./checks";
import { destination } from "./destination";
import { GoesTo } from "./GoesTo";
import { SavedLine } from "./Keeping";
import { NotYet } from "./NotYet";
import { send } from "./send";
import { type Matter, useMatter } from "./useMatter";
import { words } from "./words";

/** To the step that the first fault belongs to, with all faults of that step. */
function mend(faults: readonly Fault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const step = stepOf(first.field);
  const there = faults.filter((fault) => stepOf(fault.field) === step);
  go(step === 1 ? "/new" : "/new/name", { state: { change: first.field, faults: there } });
}

export function CheckStep({ region }: { region: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const draft = useDraft();
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
      // A receipt that could not be drawn would be lost: its page must be here before anything is handed in.
      await preloadPage("/receipt");
      const { view, earlier } = await send(draft);
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
