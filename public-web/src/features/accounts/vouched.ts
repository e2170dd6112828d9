// Who signed a ledger, and when it was published, in a sentence.
import { day } from "../../lib/format";
import type { Language } from "../../lib/i18n";
import type { Disclosure } from "../../lib/reads";
import type { words } from "./words";

export function vouchedIn(ledger: Disclosure, say: (typeof words)["zh"], language: Language): string {
  const signed = new Map<string, string[]>();
  for (const { role, at, on_paper } of ledger.signoffs) {
    const when = day(at, language);
    const who = say.roles[role] ?? role;
    signed.set(when, [...(signed.get(when) ?? []), on_paper ? say.onPaper(who) : who]);
  }
  return [
    ledger.signoffs.length === 0 ? say.unsigned : "",
    ...[...signed].map(([when, who]) => say.audited([...new Set(who)].join(say.and), when)),
    ledger.published_at ? say.published(day(ledger.published_at, language)) : "",
    ledger.posting_until ? say.posted(day(ledger.posting_until, language)) + say.later : "",
  ].join("");
}
