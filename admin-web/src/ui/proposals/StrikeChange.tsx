import { formatDay } from "@yidiantong/client";
import { $admin } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { words } from "./words";

/** What was written down and would be struck, and what becomes of it while somebody is asked. */
export function StrikeChange({ id, waits }: { id: string; waits: boolean }) {
  const say = useText(words);
  const language = useLanguage();
  const { data } = $admin.useQuery("get", "/api/v1/admin/obligations/{id}", { params: { path: { id } } });
  return (
    <>
      {data === undefined ? null : (
        <dl className="facts">
          {data.event_on == null ? null : (
            <div>
              <dt>{say("event_on")}</dt>
              <dd>{formatDay(data.event_on, language)}</dd>
            </div>
          )}
          <div>
            <dt>{say("event_due")}</dt>
            <dd>{formatDay(data.due_date, language)}</dd>
          </div>
        </dl>
      )}
      {waits ? <p className="quiet">{say("strike_changes")}</p> : null}
    </>
  );
}
