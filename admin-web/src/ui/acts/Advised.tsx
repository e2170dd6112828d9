// Under what is being written: what could be said more plainly, or what may tell who complained. Only advice.
import { Form } from "antd";
import { useDeferredValue } from "react";
import { useText } from "../../lib/i18n";
import { advise, betrays } from "../../lib/plain";
import { formWords } from "./words";

const MOST = 6;

function useTyped(name: string): string {
  const form = Form.useFormInstance();
  const typed: unknown = Form.useWatch(name, form);
  return useDeferredValue(typeof typed === "string" ? typed : "");
}

/** For words that villagers read. */
export function PlainWords({ name }: { name: string }) {
  const say = useText(formWords);
  const text = useTyped(name);
  if (text.trim() === "") return null;
  const advice = advise(text);
  if (advice.length === 0) return <p className="advice good">{say("plain_good")}</p>;
  return (
    <div className="advice">
      <p>{say("plain_advice", { n: advice.length })}</p>
      <ul>
        {advice.slice(0, MOST).map((one) => (
          <li key={`${one.kind} ${one.text}`}>
            {one.kind === "long"
              ? say("plain_long", { text: `${[...one.text].slice(0, 16).join("")}…`, n: one.length })
              : one.kind === "days"
                ? say("plain_days", { text: one.text })
                : one.plain === ""
                  ? say("plain_drop", { text: one.text })
                  : say("plain_word", { text: one.text, plain: one.plain })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** For the summary a handling unit reads. */
export function BetrayingWords({ name, original }: { name: string; original: string | null | undefined }) {
  const say = useText(formWords);
  const found = betrays(useTyped(name), original ?? "");
  if (found.length === 0) return null;
  return (
    <div className="advice">
      <ul>
        {found.slice(0, MOST).map(({ kind, text }) => (
          <li key={`${kind} ${text}`}>{say(`betrays_${kind}`, { text })}</li>
        ))}
      </ul>
    </div>
  );
}
