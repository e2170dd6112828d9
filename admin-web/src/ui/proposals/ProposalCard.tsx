// A proposal in words, and the yes or no of a second person where the server says that this one may give it.
import { formatDay, formatInstant, matters, proposalStates, voidReasons, word } from "@yidiantong/client";
import { Link } from "react-router";
import "../../styles/proposals.css";
import { type Say, useLanguage, useText } from "../../lib/i18n";
import { roles } from "../../lib/i18n/common";
import type { Proposal } from "../../lib/proposals";
import { usePublishedPage } from "../../lib/published";
import { readsDisclosures, useStaff } from "../../lib/session";
import { lastDay } from "../../lib/time";
import { plainName } from "../names";
import { Decide } from "./Decide";
import { ProposalBody } from "./ProposalBody";
import { words } from "./words";

interface Props {
  proposal: Proposal;
  /** On the page of its own case, which needs no way there. */
  atHome?: boolean;
  year: number;
  onDecided?: (approved: boolean) => void;
}

export function ProposalCard({ proposal, atHome = false, year, onDecided }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const sayRole = useText(roles);
  const role = isRole(proposal.body) ? sayRole(proposal.body.role) : "";
  const title = titleOf(proposal, say, (code) => word(matters, code, language), role);
  const who = (name: string) => plainName(name);
  const at = (instant: string) => formatInstant(instant, language, year);
  const waits = proposal.state === "waiting";
  return (
    <article className={`card proposal ${proposal.state}`} aria-label={title}>
      <header>
        <h3>
          {proposal.subject === "complaint" && !atHome ? (
            <Link to={`/c/${proposal.subject_id}`}>{title}</Link>
          ) : proposal.subject === "disclosure" ? (
            <TableLink id={proposal.subject_id} title={title} />
          ) : (
            title
          )}
        </h3>
        <span className={`state-tag ${TONES[proposal.state]}`}>
          {word(proposalStates, proposal.state, language)}
        </span>
      </header>
      <p className="quiet">
        {say("proposed_by", {
          who: who(proposal.proposed_by),
          unit: proposal.proposed_by_organisation,
          at: at(proposal.created_at),
        })}
      </p>
      <ProposalBody proposal={proposal} />
      {waits ? (
        <p className="proposal-until">
          {say("until", { until: formatDay(lastDay(proposal.expires_at), language, year) })}
        </p>
      ) : null}
      {proposal.state === "void" && proposal.void_reason != null ? (
        <p>{say("void", { why: word(voidReasons, proposal.void_reason, language) })}</p>
      ) : null}
      {proposal.decided_at == null || proposal.decided_by == null ? null : (
        <p className="quiet">
          {say("decided", { who: who(proposal.decided_by), at: at(proposal.decided_at) })}
        </p>
      )}
      {proposal.note == null ? null : (
        <p className="words">
          {say("second_note")}
          {proposal.note}
        </p>
      )}
      {proposal.may_decide ? <Decide id={proposal.id} onDecided={onDecided} /> : null}
      {waits && !proposal.may_decide ? <p className="quiet">{say("not_yours")}</p> : null}
    </article>
  );
}

/** To the table: those who work on it see it here, whoever decides beside them reads what everybody reads. */
function TableLink({ id, title }: { id: string; title: string }) {
  const say = useText(words);
  const { role } = useStaff();
  const page = usePublishedPage(readsDisclosures(role) ? null : id);
  if (readsDisclosures(role)) return <Link to={`/disclosures/${id}`}>{title}</Link>;
  if (page === null) return <>{title}</>;
  return (
    <a href={page} target="_blank" rel="noreferrer">
      {title}
      <span className="unseen">{say("public_table")}</span>
    </a>
  );
}

/** What is proposed names one of our roles. */
const isRole = (body: unknown): body is { role: keyof typeof roles } =>
  typeof body === "object" &&
  body !== null &&
  "role" in body &&
  typeof body.role === "string" &&
  Object.hasOwn(roles, body.role);

const TONES: Readonly<Record<Proposal["state"], string>> = {
  waiting: "ochre",
  approved: "ok",
  refused: "plain",
  void: "plain",
};

function titleOf(
  { subject, subject_id, subject_label, action, region_name }: Proposal,
  say: Say<keyof typeof words>,
  matter: (code: string) => string,
  role: string,
): string {
  if (subject === "complaint") {
    return say("complaint", { matter: matter(action), number: subject_label ?? "" });
  }
  if (subject === "calendar" && subject_id === "national") return say("calendar_national");
  if (subject === "policy" || subject === "calendar" || subject === "catalogue" || subject === "zone") {
    return say(subject, { region: region_name });
  }
  if (subject === "staff") {
    const who = plainName(subject_label ?? "");
    if (action === "add") return say("staff_add", { role, region: region_name });
    return action === "reset" ? say("staff_reset", { who }) : say("staff_change", { who, role });
  }
  if (subject === "disclosure") {
    const words = action === "disclosure_correction" ? "disclosure_correction" : "disclosure_withdrawal";
    return say(words, { title: subject_label ?? "" });
  }
  if (subject === "obligation") return say("strike", { title: subject_label ?? "" });
  if (subject === "export") return say("export", { region: region_name });
  return subject === "relation" ? say("relation") : say("other", { subject, action });
}
