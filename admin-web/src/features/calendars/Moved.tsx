import { type AdminComponents, formatDay, stages, word } from "@yidiantong/client";
import { Link } from "react-router";
import { useLanguage, useText } from "../../lib/i18n";
import { words } from "./words";

/** Whom a change would move, of the cases that this reader may know of. */
export function Moved({ preview }: { preview: AdminComponents["schemas"]["CalendarPreview"] }) {
  const say = useText(words);
  const language = useLanguage();
  if (preview.moved.length === 0) {
    return (
      <p className="quiet" role="status">
        {say("moved_none")}
      </p>
    );
  }
  return (
    <section aria-labelledby="moved" role="status">
      <h3 id="moved">{say("moved")}</h3>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say("case_no")}</th>
            <th scope="col">{say("stage")}</th>
            <th scope="col">{say("before")}</th>
            <th scope="col">{say("after")}</th>
          </tr>
        </thead>
        <tbody>
          {preview.moved.map((one) => (
            <tr key={`${one.complaint_id} ${one.stage} ${one.round}`}>
              <th scope="row">
                <Link to={`/c/${one.complaint_id}`}>{one.number}</Link>
              </th>
              <td>{word(stages, one.stage, language)}</td>
              <td>{formatDay(one.due_date_before, language)}</td>
              <td>
                <strong>{formatDay(one.due_date_after, language)}</strong>
                {one.provisional_after ? say("provisional") : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {preview.more ? <p className="quiet">{say("moved_more")}</p> : null}
    </section>
  );
}
