import { useLanguage, useText } from "../../lib/i18n";
import { explain } from "../../lib/problem";
import type { FormAction } from "../../ui/acts/actionBody";
import { TWO_PERSONS } from "../../ui/acts/actionBody";
import type { Result } from "./bulk";
import { words } from "./words";

interface Props {
  action: FormAction;
  results: readonly Result[];
  /** How many there are in all. */
  all: number;
}

/** What became of each case. */
export function BulkResults({ action, results, all }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const ok = results.filter(({ error }) => error === null).length;
  return (
    <section className="bulk-results" aria-live="polite">
      <p>{say("results", { ok, bad: results.length - ok, left: all - results.length })}</p>
      <ul>
        {results.map(({ item, error }) => (
          <li key={item.id} className={error === null ? "ok" : "bad"}>
            <span className="number">{item.number}</span>
            <span aria-hidden="true">{error === null ? "✓" : "✗"}</span>{" "}
            {error === null
              ? say(TWO_PERSONS.has(action) ? "result_waits" : "result_done")
              : error.status === 412
                ? say("result_stale")
                : explain(error, language)}
          </li>
        ))}
      </ul>
    </section>
  );
}
