import { channels, kinds, word } from "@yidiantong/client";
import { Button, Typography } from "antd";
import { useState } from "react";
import { type CaseView, useCategories } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { plainName } from "../../ui/names";
import { shortInstant } from "../../ui/shortInstant";
import { uiWords } from "../../ui/words";
import { mayCorrect, TargetsForm } from "./TargetsForm";
import { words } from "./words";

interface Props {
  view: CaseView;
  year: number;
  units: ReadonlyMap<string, string>;
}

export function Facts({ view, year, units }: Props) {
  const say = useText(words);
  const both = useText(common);
  const language = useLanguage();
  const categories = useCategories();
  const [correcting, setCorrecting] = useState(false);
  const rows: [string, React.ReactNode][] = [
    [
      say("number"),
      <Typography.Text key="number" copyable={{ tooltips: [both("copy"), both("copied")] }}>
        {view.number}
      </Typography.Text>,
    ],
    [say("region"), view.region_name],
    [say("kind"), word(kinds, view.kind, language)],
    [say("category"), categories.name(view.category)],
    [say("received"), shortInstant(view.received_at, language, year)],
    ...(view.channel == null
      ? []
      : [[say("channel"), word(channels, view.channel, language)] as [string, string]]),
    ...(view.identity_mode == null ? [] : [[say("identity"), say(view.identity_mode)] as [string, string]]),
    [say("may_publish"), say(view.may_publish_answer ? "may_publish_yes" : "may_publish_no")],
    [say("targets"), <Targets key="targets" view={view} units={units} />],
    [say("supervising"), view.supervising_unit.name],
    [say("responsible"), view.responsible_unit?.name ?? say("nobody")],
    [say("assignee"), view.assignee_name == null ? say("nobody") : plainName(view.assignee_name)],
  ];
  return (
    <section className="card" aria-labelledby="facts">
      <h2 id="facts">{say("facts")}</h2>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {mayCorrect(view) && !correcting ? (
        <Button type="link" className="facts-do" onClick={() => setCorrecting(true)}>
          {say("targets_change")}
        </Button>
      ) : null}
      {correcting ? <TargetsForm view={view} onClose={() => setCorrecting(false)} /> : null}
    </section>
  );
}

function Targets({ view, units }: { view: CaseView; units: ReadonlyMap<string, string> }) {
  const say = useText(words);
  const sayUi = useText(uiWords);
  if (view.targets.length === 0) return <>{say("no_targets")}</>;
  return (
    <ul className="targets">
      {view.targets.map((target) => {
        const name =
          target.group != null
            ? sayUi(`group_${target.group}`)
            : target.text != null
              ? target.text
              : (units.get(target.id ?? "") ?? say("unnamed"));
        return <li key={`${target.type} ${target.id ?? target.group ?? target.text}`}>{name}</li>;
      })}
    </ul>
  );
}
