// The receipt: the code in groups, its seal, and the three ways to keep it.
import { kinds, word } from "@yidiantong/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { dropReceipt, isKept, keepReceipt, useKept } from "../../lib/kept";
import { useLoad } from "../../lib/load";
import { lookedAt } from "../../lib/pending";
import { inGroups, masked, spoken } from "../../lib/receiptCode";
import { Button } from "../../ui/parts";
import { Loaded } from "../../ui/states";
import { Zh } from "../../ui/Zh";
import { CodeGuard } from "./CodeGuard";
import { copyText } from "./copy";
import { Seal } from "./Seal";
import type { Case } from "./useCase";
import { words } from "./words";

export function ReceiptCard({ code, open, fresh = false }: { code: string; open: Case; fresh?: boolean }) {
  const say = useWords(words);
  const language = useLanguage();
  const [shown, setShown] = useState(fresh);
  const [told, setTold] = useState("");
  const [picture, setPicture] = useState(false);
  // Whether its holder has done something about it.
  const [safe, setSafe] = useState(false);
  const { view } = open;
  const groups = inGroups(code).split(" ");
  useEffect(() => {
    // Here before it is asked for: the line may be gone by then.
    drawing().catch(() => undefined);
  }, []);
  const copy = async () => {
    const copied = await copyText(code);
    setTold(copied ? say.copied : say.notCopied);
    if (copied) setSafe(true);
  };
  const draw = () => {
    setPicture(true);
    setSafe(true);
  };
  return (
    <section class="card receipt" aria-labelledby="receipt-code">
      {fresh && !safe && !isKept(code) ? <CodeGuard onLeave={() => setSafe(true)} /> : null}
      <div class="receipt-head">
        <h2 class="cap" id="receipt-code">
          {fresh ? say.yourCode : say.yourCodeAgain}
        </h2>
        <Seal state={view.state} />
      </div>
      {shown ? (
        <p class="code">
          {/* Three groups and two, so that no group stands alone on a line. */}
          <span aria-hidden="true">
            <span>{groups.slice(0, 3).join(" ")}</span> <span>{groups.slice(3).join(" ")}</span>
          </span>
          <span class="sr">{spoken(code)}</span>
        </p>
      ) : (
        <p class="code hidden">{masked(code)}</p>
      )}
      <p class="cap">{say.codeUse}</p>
      <div class="buttons">
        {fresh ? null : (
          <Button look="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {shown ? say.hide : say.show}
          </Button>
        )}
        {shown ? (
          <>
            <Button look="quiet" icon="copy" onClick={copy}>
              {say.copy}
            </Button>
            <Button look="quiet" icon="image" aria-expanded={picture} onClick={draw}>
              {say.picture}
            </Button>
          </>
        ) : null}
      </div>
      <p class="said" role="status">
        {told}
      </p>
      {picture && shown ? <Drawn code={code} open={open} /> : null}
      <Keep code={code} open={open} onAnswer={() => setSafe(true)} />
      <dl class="receipt-facts">
        <div>
          <dt>{say.number}</dt>
          <dd class="keep">{view.number}</dd>
        </div>
        <div>
          <dt>{say.place}</dt>
          <dd>
            <Zh>{view.region_name}</Zh>
          </dd>
        </div>
        <div>
          <dt>{say.filed}</dt>
          <dd>{day(view.received_at, language)}</dd>
        </div>
        <div>
          <dt>{say.kind}</dt>
          <dd>{word(kinds, view.kind, language)}</dd>
        </div>
        {view.about ? (
          <div>
            <dt>{say.about}</dt>
            <dd>
              <Zh>{view.about.label}</Zh>
            </dd>
          </div>
        ) : null}
      </dl>
    </section>
  );
}

const drawing = () => import("./Picture");

/** Drawing it is code of its own, on its way since the receipt was opened. */
function Drawn({ code, open }: { code: string; open: Case }) {
  const load = useLoad(drawing, []);
  if (load.state !== "ready") return <Loaded of={load}>{() => null}</Loaded>;
  const { Picture } = load.data;
  return <Picture code={code} open={open} />;
}

function Keep({ code, open, onAnswer }: { code: string; open: Case; onAnswer: () => void }) {
  const say = useWords(words);
  useKept();
  const [answer, setAnswer] = useState<"no" | "cannot" | null>(null);
  const told = useRef<HTMLParagraphElement>(null);
  const { view } = open;
  const kept = isKept(code);
  const [asked, setAsked] = useState(false);
  // The buttons go with the answer: the focus stays where its outcome is told.
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new outcome is told.
  useEffect(() => {
    if (asked) told.current?.focus({ preventScroll: true });
  }, [asked, answer, kept]);
  if (kept) {
    return (
      <div class="kept">
        <p role="status" tabIndex={-1} ref={told}>
          {say.kept}
        </p>
        <button
          type="button"
          class="textbutton grey"
          onClick={() => {
            dropReceipt(code);
            setAsked(true);
            setAnswer("no");
          }}
        >
          {say.unkeep}
        </button>
      </div>
    );
  }
  const decline = () => {
    setAsked(true);
    onAnswer();
    lookedAt(code);
    setAnswer("no");
  };
  const keep = () => {
    setAsked(true);
    onAnswer();
    lookedAt(code);
    const receipt = {
      code,
      number: view.number,
      place: view.region_name,
      filed_at: view.received_at.slice(0, 10),
    };
    if (!keepReceipt(receipt)) setAnswer("cannot");
  };
  if (answer !== null) {
    return (
      <p class="kept" role="status" tabIndex={-1} ref={told}>
        {answer === "no" ? say.notKept : say.cannotKeep}
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question in the flow, not a form of its own.
    <div class="ask-panel" role="group" aria-labelledby="keep-ask">
      <p class="strong" id="keep-ask">
        {say.keepAsk}
      </p>
      <p class="cap">{say.keepHint}</p>
      <div class="buttons">
        <Button onClick={keep}>{say.keepYes}</Button>
        <Button look="quiet" onClick={decline}>
          {say.keepNo}
        </Button>
      </div>
    </div>
  );
}
