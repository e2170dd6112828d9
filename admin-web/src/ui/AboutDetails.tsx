import { formatDay, formatFen } from "@yidiantong/client";
import { type About, isLedgerLine, useAboutLine } from "../lib/cases";
import { useLanguage, useText } from "../lib/i18n";
import { uiWords } from "./words";

/** What a line says in the version in which it was complained about, and whether there is a later one. */
export function AboutDetails({ about }: { about: About }) {
  const say = useText(uiWords);
  const language = useLanguage();
  const { line, latest } = useAboutLine(about);
  const facts: [string, string][] = [];
  if (line !== undefined && isLedgerLine(line)) {
    facts.push([say("line_date"), formatDay(line.date, language)]);
    for (const side of ["income", "expense"] as const) {
      if (line[`${side}_fen`] !== 0) facts.push([say(side), formatFen(line[`${side}_fen`], language)]);
    }
    if (line.voucher_no != null) facts.push([say("voucher_no"), line.voucher_no]);
  }
  if (about.type !== "obligation") {
    const newer = latest !== undefined && latest > about.version;
    const version = say("version_n", { n: about.version });
    facts.push([say("version"), newer ? version + say("version_newer", { n: latest }) : version]);
  }
  if (facts.length === 0) return null;
  return (
    <dl className="about-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
