// The page of one case: the receipt, how much time is left, how far it is, the answer, words both ways, and
// whatever its holder may do now. Only what `allowed_actions` names is offered.
import { plainStates, word } from "@yidiantong/client";
import type { Arrival } from "../../lib/filed";
import { useLanguage, useWords } from "../../lib/i18n";
import { Page } from "../../ui/Page";
import { Button, Notice } from "../../ui/parts";
import { Loaded } from "../../ui/states";
import { AnswerCard } from "./AnswerCard";
import { Declined } from "./Declined";
import { DisputeForm, Doors, WithdrawForm } from "./ending";
import { Joined } from "./Joined";
import { LevelStrip } from "./LevelStrip";
import { Messages } from "./Messages";
import { NextSteps, WhenLate } from "./NextSteps";
import { PublicAnswers } from "./PublicAnswers";
import { RatingForm } from "./RatingForm";
import { ReceiptCard } from "./ReceiptCard";
import { SupplementForm } from "./SupplementForm";
import { TimeLeft } from "./TimeLeft";
import { Timeline } from "./Timeline";
import { Told } from "./Told";
import { type Case, useCase, useOpened } from "./useCase";
import { words } from "./words";

export function CasePage({ arrival }: { arrival: Arrival }) {
  const say = useWords(words);
  const load = useOpened(arrival.code);
  if (load.state === "ready") {
    return <Opened arrival={arrival} opened={load.data} />;
  }
  return (
    <Page title={arrival.fresh ? say.filedTitle : say.bar} bar={say.bar} back="/mine">
      <Loaded of={load} lines={4}>
        {() => null}
      </Loaded>
    </Page>
  );
}

type OpenedCase = Parameters<typeof useCase>[1];

function Opened({ arrival, opened }: { arrival: Arrival; opened: OpenedCase }) {
  const say = useWords(words);
  const language = useLanguage();
  const open = useCase(arrival.code, opened);
  const { view } = open;
  const { fresh } = arrival;
  const state = word(plainStates, view.state, language);
  return (
    <Page title={fresh ? say.filedTitle : state} bar={say.bar} back="/mine" wide>
      {arrival.earlier ? (
        <Notice tone="wait" title={say.earlierTitle}>
          <p>{say.earlierHint}</p>
        </Notice>
      ) : null}
      {fresh ? <p class="receipt-lead">{say.filedLead}</p> : null}
      <Told open={open} />
      <div class="case">
        <div class="case-main">
          {fresh ? <ReceiptCard code={arrival.code} open={open} fresh /> : null}
          <LevelStrip open={open} />
          <TimeLeft open={open} />
          {fresh ? <NextSteps open={open} /> : <WhenLate open={open} />}
          <Deeds open={open} />
          {fresh ? null : <Timeline open={open} />}
          {fresh ? null : <Messages open={open} />}
        </div>
        <div class="case-side">
          {fresh ? <Timeline open={open} /> : <ReceiptCard code={arrival.code} open={open} />}
          {fresh ? <Messages open={open} /> : null}
          <Endings open={open} />
          <div class="stack">
            <Button look="quiet" wide aria-disabled={open.busy} onClick={open.refresh}>
              {say.refresh}
            </Button>
          </div>
        </div>
      </div>
    </Page>
  );
}

/** Ended without an answer: to disagree is what is left to do here, and other doors may be the right ones. */
const OUTSIDE: readonly string[] = ["withdrawn", "declined"];

function Deeds({ open }: { open: Case }) {
  const may = open.view.allowed_actions;
  const ended = OUTSIDE.includes(open.view.state);
  return (
    <>
      <Declined open={open} />
      {ended && may.includes("dispute") ? <DisputeForm open={open} /> : null}
      <Joined open={open} />
      {may.includes("supplement") ? <SupplementForm open={open} /> : null}
      {open.view.answer ? <AnswerCard open={open} /> : null}
      {may.includes("rate") ? <RatingForm open={open} /> : null}
      <PublicAnswers open={open} />
    </>
  );
}

function Endings({ open }: { open: Case }) {
  const may = open.view.allowed_actions;
  return (
    <>
      {!OUTSIDE.includes(open.view.state) && may.includes("dispute") ? <DisputeForm open={open} /> : null}
      {may.includes("withdraw") ? <WithdrawForm open={open} /> : null}
      {open.view.answer || OUTSIDE.includes(open.view.state) ? <Doors open={open} /> : null}
    </>
  );
}
