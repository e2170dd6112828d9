import { formatDay, results, states, word } from "@yidiantong/client";
import { Alert, Button } from "antd";
import type { CaseView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { Differences } from "../Differences";
import type { FormAction } from "./actionBody";
import { type Change, changesBetween, contested, theirsFor } from "./conflict";
import { formWords } from "./words";

interface Props {
  action: FormAction;
  /** The case as it was when the form was begun, and as it is. */
  seen: CaseView;
  view: CaseView;
  typed: Readonly<Record<string, unknown>>;
  /** Goes on with what was typed. */
  onKeep: () => void;
  /** Goes on with what the other wrote. */
  onTake: (theirs: Readonly<Record<string, string>>) => void;
}

/** A colleague was quicker: what is another now, mine beside theirs, and which of the two to go on with. */
export function ConflictAlert({ action, seen, view, typed, onKeep, onTake }: Props) {
  const say = useText(formWords);
  const language = useLanguage();
  const value = (key: Change["key"], text: string | null) =>
    text === null
      ? null
      : key === "state"
        ? word(states, text, language)
        : key === "due"
          ? formatDay(text, language)
          : text;
  const rows = changesBetween(seen, view).map(({ key, before, after }) => ({
    key,
    label: say(`aspect_${key}`),
    before: value(key, before),
    after: value(key, after),
  }));
  const theirs = theirsFor(action, view);
  const fields = contested(typed, theirs);
  const shown = (name: string, text: string) => {
    if (name === "organisation_id") return view.responsible_unit?.name ?? text;
    if (name === "staff_id") return view.assignee_name ?? text;
    return name === "result" ? word(results, text, language) : text;
  };
  const own = (name: string) => {
    const text = String(typed[name] ?? "");
    return name.endsWith("_id") ? say("own_choice") : shown(name, text);
  };
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="conflict"
      title={say("changed")}
      description={
        <>
          <Differences rows={rows} heads={[say("head_seen"), say("head_now")]} />
          {fields.length === 0 ? null : (
            <dl className="mine-theirs">
              {fields.map((name) => (
                <div key={name}>
                  <dt>{say("mine")}</dt>
                  <dd>{own(name)}</dd>
                  <dt>{say("theirs")}</dt>
                  <dd>{shown(name, theirs[name] ?? "")}</dd>
                </div>
              ))}
            </dl>
          )}
          <p>{say("changed_do", { state: word(states, view.state, language) })}</p>
          <div className="conflict-do">
            <Button size="small" onClick={onKeep}>
              {say(fields.length === 0 ? "changed_seen" : "keep_mine")}
            </Button>
            {fields.length === 0 ? null : (
              <Button size="small" onClick={() => onTake(theirs)}>
                {say("take_theirs")}
              </Button>
            )}
          </div>
        </>
      }
    />
  );
}
