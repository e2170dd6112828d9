// What stands here when a page throws. A chunk that is gone after a new version looks like this too; one that only did
// not come through because the line is cut is asked for again when it is back.
import { Button, Result } from "antd";
import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import { useText } from "../lib/i18n";
import { common } from "../lib/i18n/common";
import { doubt, useLine } from "../lib/line";
import { words } from "./words";

export function Crash() {
  const say = useText(words);
  const both = useText(common);
  const { cut } = useLine();
  const wasCut = useRef(false);
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  useEffect(() => doubt(), []);
  useEffect(() => {
    if (wasCut.current && !cut) void navigate(pathname + search, { replace: true });
    wasCut.current = cut;
  }, [cut, navigate, pathname, search]);
  if (cut) {
    return (
      <Result
        status="info"
        title={<h1 className="result-title">{say("unopened")}</h1>}
        subTitle={say("unopened_do")}
        extra={
          <Button onClick={() => void navigate(pathname + search, { replace: true })}>{both("retry")}</Button>
        }
      />
    );
  }
  return (
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
  );
}
