import { type AdminComponents, formatDay, stages, word } from "@yidiantong/client";
import { Link } from "react-router";
import { dictionary, useLanguage, useText } from "../lib/i18n";

const words = dictionary({
  moved: ["会变动的在办件（您能看到的）", "Open cases that would move (of those you may see)"],
  moved_none: ["没有您能看到的在办件会变动", "No open case that you may see would move"],
  moved_more: ["还有更多", "There are more"],
  case_no: ["编号", "Number"],
  stage: ["环节", "Stage"],
  before: ["现在最晚", "Due now"],
  after: ["改后最晚", "Due then"],
  provisional: ["（还可能变）", " (may still move)"],
});

/** Whom a change would move, of the cases that this reader may know of. */
export function MovedCases({ preview }: { preview: AdminComponents["schemas"]["CalendarPreview"] }) {
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
    <div role="status">
      <table className="plain-table">
        <caption>{say("moved")}</caption>
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
    </div>
  );
}
