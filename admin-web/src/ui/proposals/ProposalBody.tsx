import { useQuery } from "@tanstack/react-query";
import { declineReasons, formatDay, identityReasons, states, word } from "@yidiantong/client";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { caseQuery } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import type { Proposal } from "../../lib/proposals";
import { LineChanges } from "../LineChanges";
import { Zh } from "../Zh";
import { type Body, days, diffOf, hours, isBody, list, number, text } from "./body";
import { CalendarReach } from "./CalendarReach";
import { PolicyChange } from "./PolicyChange";
import { StaffChange } from "./StaffChange";
import { StrikeChange } from "./StrikeChange";
import { words } from "./words";
import { ZoneChange } from "./ZoneChange";

/** What is proposed, in words. */
export function ProposalBody({ proposal }: { proposal: Proposal }) {
  const body: Body = isBody(proposal.body) ? proposal.body : {};
  const reason = proposal.reason.trim() === "" ? null : proposal.reason;
  switch (proposal.subject) {
    case "complaint":
      return <CaseBody action={proposal.action} body={body} reason={reason} />;
    case "policy":
      return (
        <>
          <PolicyChange county={proposal.subject_id} proposed={proposal.body} waits={isOpen(proposal)} />
          <Facts rows={[["why", reason]]} />
        </>
      );
    case "calendar":
      return (
        <>
          <CalendarBody body={body} reason={reason} />
          {isOpen(proposal) && proposal.may_decide ? <CalendarReach id={proposal.id} body={body} /> : null}
        </>
      );
    case "zone":
      return (
        <>
          <ZoneChange id={proposal.subject_id} body={body} waits={isOpen(proposal)} />
          <Facts rows={[["why", reason]]} />
        </>
      );
    case "catalogue":
      return (
        <>
          <Matters body={body} />
          <Facts rows={[["why", reason]]} />
        </>
      );
    case "staff":
      return (
        <>
          <StaffChange action={proposal.action} region={proposal.region_code} body={body} />
          <Facts rows={[["why", reason]]} />
        </>
      );
    case "disclosure":
      return <DisclosureBody body={body} reason={reason} />;
    case "obligation":
      return (
        <>
          <StrikeChange id={proposal.subject_id} waits={proposal.state === "waiting"} />
          <Facts rows={[["strike_why", reason]]} />
        </>
      );
    case "export":
      return <ExportBody body={body} reason={reason} />;
    default:
      return (
        <Facts
          rows={[
            ["relation_note", text(body, "note")],
            ["why", reason],
          ]}
        />
      );
  }
}

/** What is in force differs from it only while it waits: approved, it is in force. */
const isOpen = (proposal: Proposal): boolean => proposal.state === "waiting";

type Row = readonly [name: keyof typeof words, value: ReactNode];

function Facts({ rows }: { rows: readonly Row[] }) {
  const say = useText(words);
  const shown = rows.filter(([, value]) => value !== null);
  if (shown.length === 0) return null;
  return (
    <dl className="facts">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{say(name)}</dt>
          <dd className="words">{typeof value === "string" ? <Zh>{value}</Zh> : value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is to be published by when. */
function Matters({ body }: { body: Body }) {
  const say = useText(words);
  const lines = list(body, "items")
    .filter(isBody)
    .map((item) => {
      const due: Body = isBody(item.due) ? item.due : {};
      const name = text(item, "name") ?? "";
      const n = number(due, "amount");
      const line =
        n === null
          ? say("catalogue_due_month", {
              name,
              m: number(due, "months_after") ?? 0,
              d: number(due, "day") ?? 0,
            })
          : say("catalogue_due_days", { name, n });
      return { code: text(item, "code") ?? name, line };
    });
  return (
    <ul>
      {lines.map(({ code, line }) => (
        <li key={code}>{line}</li>
      ))}
    </ul>
  );
}

/** Which cases somebody asks for as a file. */
function ExportBody({ body, reason }: { body: Body; reason: string | null }) {
  const say = useText(words);
  const language = useLanguage();
  const which = isBody(body.which) ? body.which : {};
  const state = text(which, "state");
  const day = (key: string) => {
    const date = text(which, key);
    return date === null ? null : formatDay(date, language);
  };
  return (
    <Facts
      rows={[
        ["export_cases", String(number(body, "cases_up_to") ?? 0)],
        [
          "export_state",
          state === null ? null : state === "open" ? say("export_open") : word(states, state, language),
        ],
        ["export_region", text(which, "region_code")],
        ["export_category", text(which, "category")],
        ["export_from", day("received_from")],
        ["export_until", day("received_until")],
        ["why", reason],
      ]}
    />
  );
}

/** What a correction changes, as far as the server says it; of a withdrawal, why. */
function DisclosureBody({ body, reason }: { body: Body; reason: string | null }) {
  const say = useText(words);
  const changes = diffOf(body.changes);
  return (
    <>
      <Facts
        rows={[
          ["why", reason],
          ["personal_data", body.personal_data === true ? say("at_once") : null],
        ]}
      />
      {changes === null ? null : <LineChanges of={changes} />}
    </>
  );
}

function CaseBody({ action, body, reason }: { action: string; body: Body; reason: string | null }) {
  const say = useText(words);
  const language = useLanguage();
  const code = text(body, "reason_code");
  if (action === "decline") {
    return (
      <Facts
        rows={[
          ["reason_code", code === null ? null : word(declineReasons, code, language)],
          ["redirect", text(body, "redirect") ?? say("redirect_usual")],
          ["note_complainant", text(body, "note")],
        ]}
      />
    );
  }
  if (action === "merge") {
    const into = text(body, "into_id");
    return (
      <Facts
        rows={[
          ["into", into === null ? null : <Into key="into" id={into} />],
          ["why", text(body, "reason")],
        ]}
      />
    );
  }
  if (action === "extend") {
    return (
      <Facts
        rows={[
          ["days", say("n_days", { n: number(body, "working_days") ?? 0 })],
          ["why", text(body, "reason")],
        ]}
      />
    );
  }
  if (action === "reveal_identity" || action === "reissue_receipt") {
    const what = action === "reveal_identity" && code !== null ? word(identityReasons, code, language) : null;
    return (
      <Facts
        rows={[
          ["identity_what", what],
          ["why", reason],
        ]}
      />
    );
  }
  return <Facts rows={[["for_everybody", text(body, "text")]]} />;
}

function Into({ id }: { id: string }) {
  const say = useText(words);
  const { data } = useQuery(caseQuery(id));
  if (data === undefined) return say("into_hidden");
  return (
    <>
      <Link to={`/c/${id}`}>{data.number}</Link> {data.excerpt}
    </>
  );
}

function CalendarBody({ body, reason }: { body: Body; reason: string | null }) {
  const say = useText(words);
  const language = useLanguage();
  const changed = days(body);
  return (
    <>
      <Facts
        rows={[
          ["source", text(body, "source")],
          ["hours", hours(body.hours)],
          ["why", reason],
        ]}
      />
      {changed.length === 0 ? null : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{say("day")}</th>
              <th scope="col">{say("day_kind")}</th>
              <th scope="col">{say("day_name")}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map(({ date, kind, name }) => (
              <tr key={date}>
                <th scope="row">{formatDay(date, language)}</th>
                <td>{kind === "off" || kind === "work" ? say(kind) : kind}</td>
                <td>{name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
