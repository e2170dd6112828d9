// The page of one case: the receipt, how much time is left, how far it is, the answer, words both ways, and
// whatever its holder may do now. Only what `allowed_actions` names is offered.
import { plainStates, word } from "@yidiantong/client";
import type { ComponentType } from "preact";
import type { Arrival } from "../../lib/filed";
import { day } from "../../lib/format";
import { useLanguage, useWords } from "../../lib/i18n";
import { dropReceipt, useKept } from "../../lib/kept";
import { useLoad } from "../../lib/load";
import { go } from "../../lib/navigate";
import { Page } from "../../ui/Page";
import { Button, Notice } from "../../ui/parts";
import { ReadAloud } from "../../ui/ReadAloud";
import { Empty, Failed, Loaded, Skeleton } from "../../ui/states";
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
import { type ReceiptWords, words } from "./words";

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
  if (load.state === "failed" && load.problem.kind === "not_found") return <Unknown code={arrival.code} />;
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

/** Nobody has this code any more, as after another was given out in its place: then it is of no use here either. */
function Unknown({ code }: { code: string }) {
  const say = useWords(words);
  const kept = useKept().some((one) => one.code === code);
  return (
    <Page title={say.unknownTitle} bar={say.bar} back="/mine">
      <Empty icon="search" title={say.unknown}>
        <p>{say.unknownHint}</p>
        <Button look="main" onClick={() => go("/receipt", { replace: true })}>
          {say.another}
        </Button>
        {kept ? (
          <Button look="quiet" onClick={() => dropReceipt(code)}>
            {say.unkeep}
          </Button>
        ) : null}
      </Empty>
    </Page>
  );
}

/** How far it is, for the ear; never the code. */
function Status({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const { view, around } = open;
  const due = dueOf(view, around.now);
  // What was written to the villager is Chinese: an English voice would make nothing of it.
  const written = language === "zh" ? writtenTo(view, say) : [];
  return (
    <ReadAloud
      text={[
        word(plainStates, view.state, language),
        due === null ? null : leftWords(due, say),
        due === null ? null : say.answerBy(day(due.date, language)),
        ...written,
      ]}
    />
  );
}

/** What is asked of the villager, what was answered, and the last that the staff wrote. */
function writtenTo({ state, events, answer, messages }: Case["view"], say: ReceiptWords): string[] {
  const asked = events.filter((one) => one.action === "request_supplement").at(-1)?.public_note;
  const last = messages.filter((one) => one.from !== "complainant").at(-1)?.text;
  return [
    ...(state === "awaiting_supplement" && asked ? [say.supplementAsked, asked] : []),
    ...(answer ? [say.answer, answer.facts, say.remedy, answer.remedy] : []),
    ...(last === undefined ? [] : [say.messages, last]),
  ];
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
