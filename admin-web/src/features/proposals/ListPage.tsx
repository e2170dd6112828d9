import { type ProposalState, proposalStates, word } from "@yidiantong/client";
import { Button, Segmented } from "antd";
import { useSearchParams } from "react-router";
import "../../styles/proposals.css";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { type Proposal, useProposals } from "../../lib/proposals";
import { readsProposals, useStaff } from "../../lib/session";
import { chinaYear, useCaseNow } from "../../lib/time";
import { Forbidden } from "../../ui/Forbidden";
import { PageHead } from "../../ui/PageHead";
import { PageLoading } from "../../ui/PageLoading";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { ProposalCard } from "../../ui/proposals/ProposalCard";
import { words } from "./words";

const STATES = Object.keys(proposalStates) as ProposalState[];
const isState = (text: string | null): text is ProposalState => STATES.some((state) => state === text);

export function Component() {
  return readsProposals(useStaff().role) ? <Proposals /> : <Forbidden />;
}

function Proposals() {
  const say = useText(words);
  const both = useText(common);
  const language = useLanguage();
  const year = chinaYear(useCaseNow(60_000));
  const [params, setParams] = useSearchParams();
  const asked = params.get("state");
  const state: ProposalState = isState(asked) ? asked : "waiting";
  const found = useProposals(state);
  return (
    <div className="page-body">
      <PageHead title={say("title")} lead={say("lead")} />
      <Segmented<ProposalState>
        aria-label={say("states")}
        value={state}
        options={STATES.map((value) => ({ value, label: word(proposalStates, value, language) }))}
        onChange={(next) => setParams(next === "waiting" ? {} : { state: next }, { replace: true })}
      />
      {found.isPending ? <PageLoading rows={6} /> : null}
      {found.error === null ? null : (
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data === undefined ? null : <Lists items={found.data} state={state} year={year} />}
      {found.hasNextPage ? (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {both("more")}
        </Button>
      ) : null}
    </div>
  );
}

interface ListsProps {
  items: readonly Proposal[];
  state: ProposalState;
  year: number;
}

/** What waits for this person stands before what waits for others. */
function Lists({ items, state, year }: ListsProps) {
  const say = useText(words);
  if (items.length === 0)
    return <p className="nothing">{say(state === "waiting" ? "none_waiting" : "none")}</p>;
  const cards = (list: readonly Proposal[]) => (
    <div className="proposals">
      {list.map((proposal) => (
        <ProposalCard key={proposal.id} proposal={proposal} year={year} />
      ))}
    </div>
  );
  if (state !== "waiting") return cards(items);
  const mine = items.filter((one) => one.may_decide);
  const others = items.filter((one) => !one.may_decide);
  return (
    <>
      {mine.length === 0 ? null : (
        <section aria-labelledby="mine">
          <h2 id="mine">{say("yours")}</h2>
          {cards(mine)}
        </section>
      )}
      {others.length === 0 ? null : (
        <section aria-labelledby="others">
          <h2 id="others">{say("others")}</h2>
          {cards(others)}
        </section>
      )}
    </>
  );
}
