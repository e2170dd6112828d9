// A one-time link: the account's phone and password are set here. The token stands behind the `#` of the
// address, so that no server ever logs it, and leaves the address as soon as the page has it.
import { Result, Spin } from "antd";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { type Enrolment, enrolment } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { Door } from "../../ui/Door";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import { RecoveryCodes } from "../../ui/RecoveryCodes";
import { EnrolForm } from "./EnrolForm";
import { PhoneStep } from "./PhoneStep";
import { words } from "./words";

/** Taken once: a page drawn twice must not lose it. */
let taken: string | null = null;

function takeToken(): string {
  const token = new URLSearchParams(window.location.hash.slice(1)).get("token");
  if (token !== null && token !== "") {
    taken = token;
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }
  return taken ?? "";
}

export function Component() {
  const say = useText(words);
  const [token] = useState(takeToken);
  const [account, setAccount] = useState<Enrolment | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  usePageTitle(say("title"));

  useEffect(() => {
    if (token === "") return;
    enrolment(token).then(setAccount, (thrown: unknown) => setError(asApiError(thrown)));
  }, [token]);

  return (
    <Door>
      <section className="login-card enrol-card">
        <h1 tabIndex={-1}>{say("title")}</h1>
        {token === "" ? (
          <Result status="warning" title={say("no_token")} subTitle={say("no_token_text")} />
        ) : codes !== null && account !== null ? (
          <>
            <Result
              status="success"
              title={say("done")}
              subTitle={say("done_text", { username: account.username })}
            />
            <RecoveryCodes codes={codes} />
            <Link to="/login" className="ant-btn-like enrol-login">
              {say("to_login")}
            </Link>
          </>
        ) : error !== null ? (
          isSpent(error) ? (
            <Result status="warning" title={say("spent")} subTitle={say("spent_text")} />
          ) : (
            <ProblemAlert error={error} />
          )
        ) : account === null ? (
          <Spin />
        ) : (
          <>
            <p className="enrol-who">
              {say("for_whom", { name: account.display_name, username: account.username })}
            </p>
            <PhoneStep account={account} />
            <EnrolForm token={token} username={account.username} onDone={setCodes} onSpent={setError} />
          </>
        )}
      </section>
    </Door>
  );
}

/** Unknown, used, outlived: to a stranger with a guess they are all the same. */
function isSpent(error: ApiError): boolean {
  return error.status === 404;
}
