import { Link } from "react-router";
import { useText } from "../lib/i18n";
import { Notice } from "../ui/Notice";
import { usePageTitle } from "../ui/pageTitle";
import { words } from "./words";

export function NotFound() {
  const say = useText(words);
  usePageTitle(say("not_found"));
  return (
    <Notice title={say("not_found")} text={say("not_found_do")}>
      <Link to="/">{say("to_start")}</Link>
    </Notice>
  );
}
