// What follows once a case has moved: what became of it, and whatever its holder may do now. A chunk of its own,
// so that a receipt just handed in stands on the screen without it.
import { AnswerCard } from "./AnswerCard";
import { Declined } from "./Declined";
import { DisputeForm, Doors, WithdrawForm } from "./ending";
import { Joined } from "./Joined";
import { Looks } from "./Looks";
import { PublicAnswers } from "./PublicAnswers";
import { RatingForm } from "./RatingForm";
import { SupplementForm } from "./SupplementForm";
import type { Case } from "./useCase";

export interface AfterProps {
  open: Case;
  /** `deeds` stand where the eye is; `endings` at the end. */
  part: "deeds" | "endings";
}

export default function After({ open, part }: AfterProps) {
  return part === "deeds" ? <Deeds open={open} /> : <Endings open={open} />;
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
  const ended = OUTSIDE.includes(open.view.state);
  return (
    <>
      <Looks open={open} />
      {!ended && may.includes("dispute") ? <DisputeForm open={open} /> : null}
      {may.includes("withdraw") ? <WithdrawForm open={open} /> : null}
      {open.view.answer || ended ? <Doors open={open} /> : null}
    </>
  );
}
