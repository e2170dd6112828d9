import { Link } from "react-router";
import { useText } from "../lib/i18n";
import { Notice } from "./Notice";
import { usePageTitle } from "./pageTitle";
import { uiWords } from "./words";

/** A page that this role has no use for; the server would refuse it anyway. */
export function Forbidden() {
  const say = useText(uiWords);
  usePageTitle(say("forbidden"));
  return (
    <Notice title={say("forbidden")} text={say("forbidden_do")}>
      <Link to="/">{say("to_start")}</Link>
    </Notice>
  );
}
