// The one moment at which the code can be read: large, in groups, ready to be printed.
import { CopyOutlined, PrinterOutlined } from "@ant-design/icons";
import { type AdminComponents, formatDay } from "@yidiantong/client";
import { App, Button, Checkbox } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import "../../styles/intake.css";
import { useLanguage, useText } from "../../lib/i18n";
import { useLeaveGuard } from "../../ui/leaving";
import { PageHead } from "../../ui/PageHead";
import { grouped } from "./body";
import { words } from "./words";

interface Props {
  filed: AdminComponents["schemas"]["FiledView"];
  onNext: () => void;
}

export function Receipt({ filed, onNext }: Props) {
  const say = useText(words);
  const language = useLanguage();
  const { message } = App.useApp();
  const [handed, setHanded] = useState(false);
  useLeaveGuard(!handed, { title: say("leaving"), text: say("leaving_do") });
  const code = grouped(filed.receipt_code);
  const promised = filed.timers.find(({ stage }) => stage === "handle");

  const copy = async () => {
    await navigator.clipboard.writeText(filed.receipt_code);
    message.success(say("copied"));
  };

  return (
    <>
      <PageHead title={say("done")} />
      <section className="card receipt-paper" aria-label={say("code")}>
        <p className="only-print">{say("paper")}</p>
        <p>{say("code")}</p>
        <p className="receipt-code">{code}</p>
        <dl className="facts">
          <div>
            <dt>{say("number")}</dt>
            <dd>{filed.number}</dd>
          </div>
          {promised === undefined ? null : (
            <div>
              <dt>{say("due")}</dt>
              <dd>{formatDay(promised.due_date, language)}</dd>
            </div>
          )}
          <div>
            <dt>{say("where")}</dt>
            <dd>{say("where_text", { site: location.host })}</dd>
          </div>
        </dl>
        <p className="receipt-once no-print">{say("once")}</p>
        <p className="only-print">{say("keep")}</p>
      </section>
      <div className="action-end no-print">
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {say("print")}
        </Button>
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>
          {say("copy")}
        </Button>
      </div>
      <div className="no-print receipt-after">
        <Checkbox checked={handed} onChange={({ target }) => setHanded(target.checked)}>
          {say("handed")}
        </Checkbox>
        <Button disabled={!handed} onClick={onNext}>
          {say("next")}
        </Button>
        <p className="quiet">
          <Link to={`/?q=${filed.number}`}>{say("to_queue")}</Link> {say("maybe_hidden")}
        </p>
      </div>
    </>
  );
}
