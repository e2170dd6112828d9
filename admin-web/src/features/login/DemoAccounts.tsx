// In a demonstration, and nowhere else: the accounts, one press fills in all three fields. A code works once and
// for half a minute, so it is asked for at the press.
import { useQuery } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { demoAccounts } from "../../lib/api";
import { demoQuery } from "../../lib/demo";
import { useText } from "../../lib/i18n";
import { roles } from "../../lib/i18n/common";
import { plainName } from "../../ui/names";
import type { Filled } from "./LoginForm";
import { words } from "./words";

interface Props {
  onChoose: (filled: Filled) => void;
}

export function DemoAccounts({ onChoose }: Props) {
  const say = useText(words);
  const sayRole = useText(roles);
  const { message } = App.useApp();
  const [asking, setAsking] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const { data } = useQuery(demoQuery);
  if (data == null) return null;

  const choose = async (username: string) => {
    setAsking(username);
    try {
      const fresh = (await demoAccounts())?.find((account) => account.username === username);
      if (fresh === undefined) throw new Error("gone");
      onChoose({ username, password: fresh.password, totp_code: fresh.totp_code });
      setChosen(username);
    } catch {
      message.error(say("demo_failed"));
    } finally {
      setAsking(null);
    }
  };
  const named = data.find((account) => account.username === chosen);
  return (
    <section className="demo-card" aria-labelledby="demo-title">
      <h2 id="demo-title">
        <span className="demo-mark">{say("demo")}</span>
        {say("demo_title")}
      </h2>
      <p>{say("demo_text")}</p>
      <ul>
        {data.map((account) => (
          <li key={account.username}>
            <button
              type="button"
              aria-pressed={chosen === account.username}
              aria-busy={asking === account.username}
              onClick={() => void choose(account.username)}
            >
              <strong>{plainName(account.label)}</strong>
              <small>
                {Object.hasOwn(roles, account.role)
                  ? sayRole(account.role as keyof typeof roles)
                  : account.role}
              </small>
            </button>
          </li>
        ))}
      </ul>
      <p className="unseen" aria-live="polite">
        {named === undefined ? "" : say("demo_filled", { label: named.label })}
      </p>
    </section>
  );
}
