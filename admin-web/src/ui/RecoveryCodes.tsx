// Recovery codes, on the one screen that ever shows them: to be printed or copied.
import { Button, Typography } from "antd";
import { useText } from "../lib/i18n";
import { common } from "../lib/i18n/common";
import { uiWords } from "./words";

export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const say = useText(uiWords);
  const both = useText(common);
  return (
    <section className="recovery-codes" aria-label={say("recovery_title")}>
      <h2>{say("recovery_title")}</h2>
      <p>{say("recovery_text")}</p>
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p className="recovery-do">
        <Button onClick={() => window.print()}>{say("recovery_print")}</Button>
        <Typography.Text
          className="copy-button"
          copyable={{
            text: codes.join("\n"),
            icon: [say("recovery_copy"), both("copied")],
            tooltips: false,
          }}
        />
      </p>
    </section>
  );
}
