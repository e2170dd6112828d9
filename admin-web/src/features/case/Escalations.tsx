import { stages, steps, word } from "@yidiantong/client";
import type { CaseView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { shortInstant } from "../../ui/shortInstant";
import { words } from "./words";

interface Props {
  view: CaseView;
  year: number;
  units: ReadonlyMap<string, string>;
}

export function Escalations({ view, year, units }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const open = view.unacknowledged_organisation_id;
  if (view.escalations.length === 0 && open == null) return null;
  const asked = open == null ? undefined : units.get(open);
  return (
    <section className="card" aria-labelledby="escalations">
      <h2 id="escalations">{say("escalations")}</h2>
      {open == null ? null : (
        <p className="to-acknowledge">
          {asked === undefined ? say("to_acknowledge_nobody") : say("to_acknowledge", { unit: asked })}
        </p>
      )}
      <ul className="escalations">
        {view.escalations.map((taken) => {
          const unit = units.get(taken.to_organisation_id ?? "");
          return (
            <li key={`${taken.stage} ${taken.round} ${taken.step}`}>
              <strong>{word(steps, taken.step, language)}</strong>
              <span>
                {word(stages, taken.stage, language)} ·{" "}
                {say("fired", { at: shortInstant(taken.fired_at, language, year) })}
                {unit === undefined ? null : ` · ${say("to_unit", { unit })}`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
