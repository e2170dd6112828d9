// What stands here when a page throws. A chunk that is gone after a new version looks like this too.
import { Button, Result } from "antd";
import { useText } from "../lib/i18n";
import { words } from "./words";

export function Crash() {
  const say = useText(words);
  return (
    <main>
      <Result
        status="error"
        title={<h1 className="result-title">{say("crash")}</h1>}
        subTitle={say("crash_do")}
        extra={
          <Button type="primary" onClick={() => location.reload()}>
            {say("reload")}
          </Button>
        }
      />
    </main>
  );
}
