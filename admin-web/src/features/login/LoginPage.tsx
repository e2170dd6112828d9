import { Button } from "antd";
import { useState } from "react";
import { Navigate, useLocation } from "react-router";
import "../../styles/login.css";
import type { Credentials } from "../../lib/api";
import { useLanguage, useText } from "../../lib/i18n";
import { setLanguage } from "../../lib/i18n/language";
import { useSession } from "../../lib/session";
import { Brand } from "../../ui/Brand";
import { usePageTitle } from "../../ui/pageTitle";
import { DemoAccounts } from "./DemoAccounts";
import { LoginForm } from "./LoginForm";
import { words } from "./words";

interface From {
  from?: string;
  expired?: boolean;
}

export function Component() {
  const say = useText(words);
  const language = useLanguage();
  const session = useSession();
  const location = useLocation();
  const [filled, setFilled] = useState<Credentials | null>(null);
  usePageTitle(say("title"));

  const came = (location.state ?? {}) as From;
  if (session.status === "in") return <Navigate to={came.from ?? "/"} replace />;
  return (
    <div className="login">
      <header className="login-top">
        <Brand />
        <Button
          type="text"
          aria-label={say("language_label")}
          onClick={() => setLanguage(language === "en" ? "zh" : "en")}
        >
          {say("language")}
        </Button>
      </header>
      <Hills />
      <main className="login-main">
        <section className="login-card">
          <h1 tabIndex={-1}>{say("title")}</h1>
          {came.expired === true ? (
            <p className="login-note" role="status">
              {say("expired")}
            </p>
          ) : null}
          <LoginForm filled={filled} />
        </section>
        <DemoAccounts onChoose={setFilled} />
        <p className="login-lead">
          <strong>{say("lead")}</strong>
          {say("lead_2")}
          <a href="/">{say("public_site")}</a>
        </p>
      </main>
    </div>
  );
}

/** Hills in daylight, as on the public pages. */
function Hills() {
  return (
    <svg className="hills" viewBox="0 0 1440 320" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <circle cx="1330" cy="70" r="46" fill="#f2b441" opacity="0.9" />
      <path
        d="M0 220c170-90 300-100 450-30 160-110 330-110 480 0 150-70 330-60 510 40v90H0z"
        fill="#2b7d6d"
        opacity="0.35"
      />
      <path d="M0 262c220-70 420-60 620 10 220-80 520-70 820 0v48H0z" fill="#12594e" opacity="0.5" />
    </svg>
  );
}
