import { useText } from "../lib/i18n";
import type { Line } from "../lib/textDiff";
import { uiWords } from "./words";
import { Zh } from "./Zh";

/** A line of two versions: what is gone and what is new is told by a sign, a word and a colour. */
export function MarkedLine({ line: { mark, head, middle, tail } }: { line: Line }) {
  const say = useText(uiWords);
  if (mark === "same") {
    return (
      <p>
        <Zh>{head}</Zh>
      </p>
    );
  }
  const Marked = mark === "gone" ? "del" : "ins";
  return (
    <p className={`marked ${mark}${head === "" && tail === "" ? " entire" : ""}`}>
      <span className="marked-sign" aria-hidden="true">
        {mark === "gone" ? "−" : "+"}
      </span>
      <span className="unseen">{say(mark === "gone" ? "gone" : "added")}</span>
      <span>
        <Zh>{head}</Zh>
        {middle === "" ? null : (
          <Marked>
            <Zh>{middle}</Zh>
          </Marked>
        )}
        <Zh>{tail}</Zh>
      </span>
    </p>
  );
}
