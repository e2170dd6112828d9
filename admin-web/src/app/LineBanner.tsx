// While nothing answers: what is shown is as old as the last answer, and nothing can be sent. It goes by itself.
import { DisconnectOutlined } from "@ant-design/icons";
import { formatInstant } from "@yidiantong/client";
import { useLanguage, useText } from "../lib/i18n";
import { useLine } from "../lib/line";
import { chinaYear, useCaseTime } from "../lib/time";
import { LINE_WORDS } from "../ui/SendButton";
import { words } from "./words";

export function LineBanner() {
  const say = useText(words);
  const language = useLanguage();
  const line = useLine();
  const caseTime = useCaseTime();
  const at = (own: number) => {
    const then = caseTime(own);
    return formatInstant(new Date(then).toISOString(), language, chinaYear(caseTime(Date.now())));
  };
  return (
    // Always there: only what comes into it is read out.
    <div className="line-room" role="status">
      {line.cut ? (
        <p id={LINE_WORDS}>
          <DisconnectOutlined aria-hidden />
          <span>
            <strong>{say("cut", { at: at(line.since) })}</strong> {say("cut_more")}
          </span>
        </p>
      ) : null}
    </div>
  );
}
