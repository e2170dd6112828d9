// What this person may do in this case now: exactly what the server allows, each with a form of its own.
import { actions, word } from "@yidiantong/client";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useSearchParams } from "react-router";
import type { CaseView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { ActionForm } from "../../ui/acts/ActionForm";
import { type FormAction, isFormAction } from "../../ui/acts/actionBody";
import { isMain, ordered } from "../../ui/mainActions";
import { words } from "./words";

interface Props {
  view: CaseView;
  now: number;
}

export function ActionPanel({ view, now }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const wanted = params.get("do");
  const open = isFormAction(wanted) ? wanted : null;
  const place = useRef<HTMLDivElement>(null);
  const allowed = ordered(view.allowed_actions).filter(isFormAction);

  const choose = (action: FormAction | null) =>
    setParams(action === null ? {} : { do: action }, { replace: true, preventScrollReset: true });

  // The form that opens is what comes next: begin in it.
  useEffect(() => {
    if (open === null) return;
    place.current?.scrollIntoView({ block: "nearest" });
    place.current?.querySelector<HTMLElement>("textarea, input, select, button[type='submit']")?.focus();
  }, [open]);

  return (
    <section className="card action-panel" aria-labelledby="actions">
      <h2 id="actions">{say("actions")}</h2>
      {allowed.length === 0 && open === null ? <p className="quiet">{say("no_actions")}</p> : null}
      <div className="action-buttons">
        {allowed.map((action, index) => (
          <Button
            key={action}
            type={index === 0 && open === null && isMain(action) ? "primary" : "default"}
            className={action === open ? "open" : undefined}
            aria-expanded={action === open}
            onClick={() => choose(action === open ? null : action)}
          >
            {word(actions, action, language)}
          </Button>
        ))}
      </div>
      <div ref={place}>
        {open === null ? null : (
          <ActionForm
            key={open}
            view={view}
            action={open}
            now={now}
            possible={allowed.includes(open)}
            onClose={() => choose(null)}
          />
        )}
      </div>
    </section>
  );
}
