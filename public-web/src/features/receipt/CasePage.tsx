// The page of one case: the receipt, how much time is left, how far it is, the answer, words both ways, and
// whatever its holder may do now. Only what `allowed_actions` names is offered.
import { plainStates, word } from "@yidiantong/client";
import type { ComponentType } from "preact";
import type { Arrival } from "../../lib/filed";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { Page } from "../../ui/Page";
import { Button, Notice } from "../../ui/parts";
import { ReadAloud } from "../../ui/ReadAloud";
import { Failed, Loaded, Skeleton } from "../../ui/states";
import type { AfterProps } from "./After";
import { dueOf, leftWords } from "./due";
import { LevelStrip } from "./LevelStrip";
import { Messages } from "./Messages";
import { NextSteps, WhenLate } from "./NextSteps";
import { Photos } from "./Photos";
import { ReceiptCard } from "./ReceiptCard";
import { TimeLeft } from "./TimeLeft";
import { Timeline } from "./Timeline";
import { Told } from "./Told";
import { type Case, useCase, useOpened } from "./useCase";
import { words } from "./words";

export function CasePage({ arrival }: { arrival: Arrival }) {
  const say = useWords(words);
  const load = useOpened(arrival.code);
  // On its way together with the case itself.
  const after = useLoad(() => import("./After"), []);
  const After = after.state === "ready" ? after.data.default : null;
  // A receipt just handed in must stand even if the network has gone: it waits for nothing.
  if (load.state === "ready" && (After !== null || arrival.fresh)) {
    return <Opened arrival={arrival} opened={load.data} After={After} />;
  }
  const lost = load.state === "ready" && (after.state === "failed" || after.state === "offline");
  return (
    <Page title={arrival.fresh ? say.filedTitle : say.bar} bar={say.bar} back="/mine">
      {lost ? (
        // Browsers remember a module that failed: only opening the document again helps.
        <Failed problem={after.problem} retry={() => location.reload()} />
      ) : (
        <Loaded of={load} lines={4}>
          {() => <Skeleton lines={4} />}
        </Loaded>
      )}
    </Page>
  );
}

/** How far it is, for the ear; never the code. */
function Status({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const { view, around } = open;
  const due = dueOf(view, around.now);
  return (
    <ReadAloud
      text={[
        word(plainStates, view.state, language),
        due === null ? null : leftWords(due, say),
        due === null ? null : say.answerBy(day(due.date, language)),
      ]}
    />
  );
}

type OpenedCase = Parameters<typeof useCase>[1];

interface OpenedProps {
  arrival: Arrival;
  opened: OpenedCase;
  /** The code of what follows, once it is there. */
  After: ComponentType<AfterProps> | null;
}

function Opened({ arrival, opened, After }: OpenedProps) {
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
      <Status open={open} />
      <Told open={open} />
      <div class="case">
        <div class="case-main">
          {fresh ? <ReceiptCard code={arrival.code} open={open} fresh /> : null}
          <LevelStrip open={open} />
          <TimeLeft open={open} />
          {fresh ? <NextSteps open={open} /> : <WhenLate open={open} />}
          {After === null ? null : <After open={open} part="deeds" />}
          {fresh ? null : <Timeline open={open} />}
          {fresh ? null : <Messages open={open} />}
          {fresh ? null : <Photos open={open} />}
        </div>
        <div class="case-side">
          {fresh ? <Timeline open={open} /> : <ReceiptCard code={arrival.code} open={open} />}
          {fresh ? <Messages open={open} /> : null}
          {After === null ? null : <After open={open} part="endings" />}
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
