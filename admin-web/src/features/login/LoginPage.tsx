import { useState } from "react";
import { Navigate, useLocation } from "react-router";
import { useText } from "../../lib/i18n";
import { useSession } from "../../lib/session";
import { Door } from "../../ui/Door";
import { usePageTitle } from "../../ui/pageTitle";
import { DemoAccounts } from "./DemoAccounts";
import { type Filled, LoginForm } from "./LoginForm";
import { words } from "./words";

interface From {
  from?: string;
}

export function Component() {
  const say = useText(words);
  const session = useSession();
  const location = useLocation();
  const [filled, setFilled] = useState<Filled | null>(null);
  usePageTitle(say("title"));

  const came = (location.state ?? {}) as From;
  if (session.status === "in" || session.status === "expired")
    return <Navigate to={came.from ?? "/"} replace />;
  return (
    <Door>
      <section className="login-card">
        <h1 tabIndex={-1}>{say("title")}</h1>
        <LoginForm filled={filled} />
      </section>
      <DemoAccounts onChoose={setFilled} />
      <p className="login-lead">
        <strong>{say("lead")}</strong>
        {say("lead_2")}
        <a href="/">{say("public_site")}</a>
      </p>
    </Door>
  );
}
