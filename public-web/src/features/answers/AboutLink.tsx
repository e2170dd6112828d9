// From an answer to what it is about: the line, the account or the power.
import type { PublicComponents } from "@yidiantong/client";
import { useWords } from "../../lib/i18n";
import { useLoad } from "../../lib/load";
import { readDisclosure } from "../../lib/reads";
import { Icon } from "../../ui/Icon";
import { words } from "./words";

type About = PublicComponents["schemas"]["AboutView"];

interface Props {
  about: About;
  code: string;
}

export function AboutLink({ about, code }: Props) {
  const say = useWords(words);
  if (about.type === "power_item") return <Link href={`/v/${code}/powers/${about.id}`} text={say.seePower} />;
  // What was not published has no page of its own: the village's says how it stands.
  if (about.type === "obligation") return <Link href={`/v/${code}`} text={say.seeVillage} />;
  return <LedgerLink about={about} code={code} />;
}

/** The address of an account is its month, which only the account itself tells. */
function LedgerLink({ about, code }: Props) {
  const say = useWords(words);
  const line = about.type === "disclosure_line";
  const id = line ? (about.disclosure_id ?? null) : about.id;
  const load = useLoad(() => (id === null ? null : readDisclosure(id)), [id]);
  // An account that was taken down has no page to lead to.
  if (load.state !== "ready" || load.data === null || load.data.kind !== "ledger") return null;
  const month = `/v/${code}/accounts/${load.data.period}`;
  return <Link href={line ? `${month}#line-${about.id}` : month} text={line ? say.seeLine : say.seeLedger} />;
}

function Link({ href, text }: { href: string; text: string }) {
  return (
    <p class="onward">
      <a href={href}>
        {text}
        <Icon name="right" size={1} />
      </a>
    </p>
  );
}
