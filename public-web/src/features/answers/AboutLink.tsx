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

/** The address of an account is its month, of a table its id: only the thing itself tells which it is. */
function LedgerLink({ about, code }: Props) {
  const say = useWords(words);
  const line = about.type === "disclosure_line";
  const id = line ? (about.disclosure_id ?? null) : about.id;
  const load = useLoad(() => (id === null ? null : readDisclosure(id)), [id]);
  // An account that was taken down has no page to lead to.
  if (load.state !== "ready" || load.data === null) return null;
  const ledger = load.data.kind === "ledger";
  const page = ledger ? `/v/${code}/accounts/${load.data.period}` : `/v/${code}/tables/${load.data.id}`;
  const whole = ledger ? say.seeLedger : say.seeTable;
  return (
    <Link
      href={line ? `${page}#line-${about.id}` : page}
      text={line ? (ledger ? say.seeLine : say.seeRow) : whole}
    />
  );
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
