// What is held before it goes to somebody else's desk: it can be called back while the work goes on, on any page.
import { useQueryClient } from "@tanstack/react-query";
import { actions, word } from "@yidiantong/client";
import { Button } from "antd";
import { useEffect } from "react";
import "../../styles/held.css";
import { dropDraft } from "../../lib/drafts";
import { useLanguage, useText } from "../../lib/i18n";
import { common } from "../../lib/i18n/common";
import { useStaff } from "../../lib/session";
import { renewCases } from "../../ui/acts/useAct";
import { useReloadGuard } from "../../ui/leaving";
import { SendButton } from "../../ui/SendButton";
import { BulkResults } from "./BulkResults";
import { BULK_DRAFT, callBack, seenHeld, sendHeld, useHeld } from "./bulk";
import { words } from "./words";

/** What went well need not be put away. */
const GOOD_MS = 6_000;

export function HeldBar() {
  const say = useText(words);
  const both = useText(common);
  const language = useLanguage();
  const queries = useQueryClient();
  const me = useStaff().id;
  const held = useHeld();
  useReloadGuard(held.phase === "waiting" || held.phase === "sending");
  const good = held.phase === "done" && held.results.every(({ error }) => error === null);
  useEffect(() => {
    if (held.phase !== "done") return;
    void renewCases(queries);
    if (!good) return;
    dropDraft(me, BULK_DRAFT, held.wish.action);
    const timer = setTimeout(seenHeld, GOOD_MS);
    return () => clearTimeout(timer);
  }, [held, good, queries, me]);
  if (held.phase === "none") return null;
  const { action, items } = held.wish;
  const name = word(actions, action, language);
  return (
    <section
      className={`held-bar${held.phase === "done" && !good ? " bad" : ""}`}
      aria-label={say("held_title")}
    >
      {held.phase === "waiting" ? (
        <>
          <p role="status">{say("bulk_plain", { n: items.length, action: name })}</p>
          <span aria-hidden="true">{say("held", { n: held.left })}</span>
          <span className="held-do">
            <Button onClick={callBack}>{say("held_back")}</Button>
            <SendButton type="primary" onClick={sendHeld}>
              {say("held_go")}
            </SendButton>
          </span>
        </>
      ) : (
        <>
          <strong>{name}</strong>
          <BulkResults action={action} results={held.results} all={items.length} />
          {held.phase === "done" ? (
            <span className="held-do">
              <Button onClick={seenHeld}>{both("close")}</Button>
            </span>
          ) : null}
        </>
      )}
    </section>
  );
}
