// Every version with what it changed; the correction on its way is the first of them.
import { formatInstant } from "@yidiantong/client";
import { useLanguage, useText } from "../../lib/i18n";
import { LineChanges } from "../../ui/LineChanges";
import { type Disclosure, useVersions, type Version } from "./data";
import { Signatures, StateTag } from "./parts";
import { lifeWords } from "./words";

export function Versions({ of }: { of: Disclosure }) {
  const say = useText(lifeWords);
  const versions = useVersions(of.id);
  const found = versions.data ?? [];
  if (found.length < 2 && of.withdrawal == null) return null;
  return (
    <section className="card" aria-labelledby="disc-versions">
      <h2 id="disc-versions">{say("versions")}</h2>
      {found.map((one) => (
        <VersionCard key={one.version} of={one} />
      ))}
    </section>
  );
}

function VersionCard({ of }: { of: Version }) {
  const say = useText(lifeWords);
  const language = useLanguage();
  const { diff, withdrawal } = of;
  return (
    <article>
      <h3>
        {say("version", { n: of.version })} <StateTag state={of.state} />
      </h3>
      {of.reason ? <p>{say("why", { why: of.reason })}</p> : null}
      {withdrawal ? (
        <p>{say("withdrawn", { at: formatInstant(withdrawal.at, language), why: withdrawal.reason })}</p>
      ) : null}
      <Signatures of={of} />
      {diff ? <LineChanges of={diff} /> : null}
    </article>
  );
}
