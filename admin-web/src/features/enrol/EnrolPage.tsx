// A one-time link: the account's phone and password are set here.
import { Result, Spin } from "antd";
import { useCallback, useEffect, useState } from "react";
import { Link } from "react-router";
import { type Enrolment, enrolment } from "../../lib/api";
import { useText } from "../../lib/i18n";
import { type ApiError, asApiError } from "../../lib/problem";
import { Door } from "../../ui/Door";
import { ProblemAlert } from "../../ui/ProblemAlert";
import { usePageTitle } from "../../ui/pageTitle";
import { RecoveryCodes } from "../../ui/RecoveryCodes";
import { EnrolForm } from "./EnrolForm";
import { forgetLink, takeLink } from "./link";
import { PhoneStep } from "./PhoneStep";
import { words } from "./words";

export function Component() {
  const say = useText(words);
  const [link] = useState(takeLink);
  const [account, setAccount] = useState<Enrolment | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  usePageTitle(say("title"));

  const fails = useCallback((failed: ApiError) => {
    if (isSpent(failed)) forgetLink();
    setError(failed);
  }, []);
  const ends = (given: readonly string[]) => {
    forgetLink();
    setCodes(given);
  };

  useEffect(() => {
    if (link === null) return;
    enrolment(link).then(setAccount, (thrown: unknown) => fails(asApiError(thrown)));
  }, [link, fails]);

  return (
    <Door>
      <section className="login-card enrol-card">
        <h1 tabIndex={-1}>{say("title")}</h1>
        {link === null ? (
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
            <EnrolForm link={link} username={account.username} onDone={ends} onSpent={fails} />
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
