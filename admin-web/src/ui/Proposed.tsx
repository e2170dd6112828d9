import { formatDay } from "@yidiantong/client";
import { Alert } from "antd";
import { Link } from "react-router";
import { useLanguage, useText } from "../lib/i18n";
import { readsProposals, useStaff } from "../lib/session";
import { lastDay } from "../lib/time";
import { uiWords } from "./words";

/** After a proposal: it waits for a second person, and until when. */
export function Proposed({ until }: { until: string }) {
  const say = useText(uiWords);
  const language = useLanguage();
  const { role } = useStaff();
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={say("proposed", { until: formatDay(lastDay(until), language) })}
      description={readsProposals(role) ? <Link to="/proposals">{say("to_proposals")}</Link> : null}
    />
  );
}
