// What has happened, what is happening and what comes next, from the case's own history and clocks. Words for
// the steps are in the dictionary; here is only which steps there are.
import type { PublicComponents } from "@yidiantong/client";

type Schemas = PublicComponents["schemas"];
export type Receipt = Schemas["ComplaintView"];
export type Timer = Schemas["TimerView"];

/** Every step a villager may read of. Unknown actions of a newer server are left out. */
export const STEPS = [
  "file",
  "request_supplement",
  "supplement",
  "supplement_lapsed",
  "accept",
  "decline",
  "dispatch",
  "return",
  "start",
  "extend",
  "submit_answer",
  "send_back",
  "approve",
  "rate",
  "rate_again",
  "rate_lapsed",
  "dispute",
  "withdraw",
  "transfer",
  "merge",
  "supervise",
  "escalate",
  "overdue",
  "unmerge",
  "calendar_changed",
  "change_targets",
  "route_anew",
  "public_answer",
] as const;
export type StepName = (typeof STEPS)[number];

export type Coming = "answer" | "rating" | "close" | "supplement";

export type Entry =
  | { phase: "done" | "now"; step: StepName; seq: number; at: string; note: string | null }
  | { phase: "coming"; step: Coming; dueDate: string | null };

/** Whether this rating set the case going again: the villager was not satisfied. */
function setGoing(receipt: Receipt, place: number): boolean {
  if (receipt.events[place]?.action !== "rate") return false;
  const next = receipt.events.slice(place + 1).find((event) => event.action !== "message");
  if (next === undefined) return !isFinal(receipt) && receipt.state !== "answered";
  return next.action !== "dispute";
}

/** What the unit of a joined case did: its followers read this, and nothing that its own writer said or did. */
const WORK: readonly string[] = [
  "accept",
  "dispatch",
  "return",
  "start",
  "extend",
  "submit_answer",
  "send_back",
  "approve",
  "transfer",
  "supervise",
  "escalate",
  "overdue",
  "calendar_changed",
] satisfies StepName[];

export interface Worked {
  step: StepName;
  seq: number;
  at: string;
  note: string | null;
}

export const worked = (events: Receipt["events"]): Worked[] =>
  events.flatMap(({ action, seq, at, public_note: note }) =>
    isStep(action) && WORK.includes(action) ? [{ step: action, seq, at, note: note ?? null }] : [],
  );

export const isStep = (action: string): action is StepName => (STEPS as readonly string[]).includes(action);

/** The clock that a villager was told: of the last round, handling or rework. */
export function promised(receipt: Receipt): Timer | null {
  const told = receipt.timers.filter((timer) => timer.stage === "handle" || timer.stage === "rework");
  return told.reduce<Timer | null>(
    (last, timer) => (last === null || timer.round >= last.round ? timer : last),
    null,
  );
}

export const running = (receipt: Receipt, stage: Timer["stage"]): Timer | null =>
  receipt.timers.find((timer) => timer.stage === stage && !timer.stopped_at) ?? null;

const FINAL: readonly string[] = ["closed", "withdrawn", "declined", "merged"];

/** Nothing more will happen by itself. */
export const isFinal = (receipt: Receipt): boolean => FINAL.includes(receipt.state);

export function timeline(receipt: Receipt): Entry[] {
  const past = receipt.events.flatMap((event, place): Entry[] =>
    isStep(event.action)
      ? [
          {
            phase: "done",
            step: setGoing(receipt, place) ? "rate_again" : event.action,
            seq: event.seq,
            at: event.at,
            note: event.public_note ?? null,
          },
        ]
      : [],
  );
  const last = past.at(-1);
  if (last !== undefined && last.phase === "done" && !isFinal(receipt)) last.phase = "now";
  return [...past, ...coming(receipt)];
}

function coming(receipt: Receipt): Entry[] {
  const due = (timer: Timer | null) => timer?.due_date ?? null;
  const rating: Entry = { phase: "coming", step: "rating", dueDate: due(running(receipt, "rate")) };
  if (isFinal(receipt)) return [];
  if (receipt.state === "answered") return [rating, { phase: "coming", step: "close", dueDate: null }];
  const answer: Entry = { phase: "coming", step: "answer", dueDate: due(promised(receipt)) };
  if (receipt.state !== "awaiting_supplement") return [answer, rating];
  const supplement = running(receipt, "supplement");
  return [{ phase: "coming", step: "supplement", dueDate: due(supplement) }, answer, rating];
}

/** How often the villager was dissatisfied so far: every rating after which the case went on. */
export const dissatisfiedSoFar = (receipt: Receipt): number =>
  receipt.events.filter((_, place) => setGoing(receipt, place)).length;

/** Why one may not disagree here any more, or `null` while one may, or when there is nothing to disagree with. */
export function disputeGone(receipt: Receipt): "used" | "top" | "late" | null {
  if (receipt.allowed_actions.includes("dispute")) return null;
  const ended = receipt.state === "withdrawn" || receipt.state === "declined";
  const answered = receipt.state === "answered" || receipt.state === "closed" || receipt.state === "merged";
  if (!ended && !(answered && receipt.answer)) return null;
  if (receipt.events.some((event) => event.action === "dispute")) return "used";
  return receipt.level >= TOP ? "top" : "late";
}

/** The city: nobody in this system is above it. */
const TOP = 3;

/** Whether it only reached a higher level by climbing: who supervises it is then not known from the level. */
export const hasRisen = (receipt: Receipt): boolean =>
  receipt.events.some((event) => event.action === "escalate" || event.action === "overdue");

const CLIMBING: readonly string[] = ["escalate", "transfer", "dispute"];

/** Whether it has come to a higher level than it was handed in to. */
export const hasClimbed = (receipt: Receipt): boolean =>
  receipt.events.some((event) => CLIMBING.includes(event.action)) || dissatisfiedSoFar(receipt) > 1;
