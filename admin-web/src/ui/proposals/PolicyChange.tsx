import { $admin } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { isPolicy, policyDifferences, policyLines } from "../../lib/policy";
import { Differences } from "../Differences";
import { words } from "./words";

interface Props {
  county: string;
  proposed: unknown;
  waits: boolean;
}

/** What another policy would change; once decided, what it says. */
export function PolicyChange({ county, proposed, waits }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const params = { path: { county_code: county } };
  const { data, isPending } = $admin.useQuery("get", "/api/v1/admin/policies/{county_code}", { params });
  if (!isPolicy(proposed)) return null;
  // The version it was made from may not be the one in force any more.
  const before = data?.history.find(({ version }) => version === proposed.version - 1)?.policy;
  if (before !== undefined) return <Differences rows={policyDifferences(before, proposed, language)} />;
  if (isPending && waits) return null;
  return (
    <>
      <p className="quiet">{say("only_proposed")}</p>
      <dl className="facts wide">
        {policyLines(proposed, language).map(({ key, label, value }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
