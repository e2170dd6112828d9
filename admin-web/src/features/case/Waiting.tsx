// What waits for a second person in this case. Whoever may not read the whole proposal still sees that it waits.
import { formatDay, matters, word } from "@yidiantong/client";
import { useNavigate } from "react-router";
import type { CaseView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { useProposal } from "../../lib/proposals";
import { queuePlace } from "../../lib/queuePlace";
import { lastDay } from "../../lib/time";
import { ProposalCard } from "../../ui/proposals/ProposalCard";
import { words } from "./words";

interface Props {
  view: CaseView;
  year: number;
}

type One = CaseView["proposals"][number];

export function Waiting({ view, year }: Props) {
  const say = useText(words);
  if (view.proposals.length === 0) return null;
  return (
    <section className="waiting" aria-labelledby="waiting">
      <h2 id="waiting">{say("waiting")}</h2>
      {view.proposals.map((one) =>
        one.may_read ? (
          <Whole key={one.id} one={one} view={view} year={year} />
        ) : (
          <Bare key={one.id} one={one} year={year} />
        ),
      )}
    </section>
  );
}

function Whole({ one, view, year }: Props & { one: One }) {
  const { data } = useProposal(one.id);
  const navigate = useNavigate();
  if (data === undefined) return <Bare one={one} year={year} />;
  // A yes may end what brought this person here: an organ above sees the case while it is asked.
  const onDecided = () => {
    if (view.allowed_actions.length === 0) void navigate(queuePlace.address());
  };
  return <ProposalCard proposal={data} atHome year={year} onDecided={onDecided} />;
}

function Bare({ one, year }: { one: One; year: number }) {
  const say = useText(words);
  const language = useLanguage();
  return (
    <div className="card proposal waiting">
      <h3>{word(matters, one.action, language)}</h3>
      <p className="proposal-until">
        {say("waits_until", { until: formatDay(lastDay(one.expires_at), language, year) })}
      </p>
    </div>
  );
}
