// What stands here when a page throws. A script that is gone after a new version looks like this too; and one that did not
// come through because the line was cut, which browsers do not ask for twice: it takes a page loaded anew.
import { Button, Result } from "antd";
import { useEffect, useRef } from "react";
import { useRouteError } from "react-router";
import { anyDraft } from "../lib/drafts";
import { useText } from "../lib/i18n";
import { doubt, useLine } from "../lib/line";
import { words } from "./words";

/** As Chromium, Firefox and Safari say it of a script, and Vite of a stylesheet. */
const NOT_LOADED = /dynamically imported module|Importing a module script failed|Unable to preload CSS/;

export function Crash() {
  const say = useText(words);
  const error = useRouteError();
  const { cut } = useLine();
  const wasCut = useRef(cut);
  if (cut) wasCut.current = true;
  const missing = error instanceof Error && NOT_LOADED.test(error.message);
  useEffect(() => doubt(), []);
  useEffect(() => {
    // What is typed on other pages would be gone: then it is for the person to say when.
    if (missing && wasCut.current && !cut && !anyDraft()) location.reload();
  }, [missing, cut]);
  if (missing && cut) {
    return (
      <Result
        status="info"
        title={<h1 className="result-title">{say("unopened")}</h1>}
        subTitle={say("unopened_do")}
      />
    );
  }
  const half = missing && wasCut.current;
  return (
    <Result
      status={half ? "info" : "error"}
      title={<h1 className="result-title">{say(half ? "unopened" : "crash")}</h1>}
      subTitle={say(half ? "unopened_back" : "crash_do")}
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          {say("reload")}
        </Button>
      }
    />
  );
}
