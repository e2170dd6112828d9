// What stands before the desk: the frame of the pages that need no login.
import { Button } from "antd";
import type { ReactNode } from "react";
import "../styles/login.css";
import { dictionary, useLanguage, useText } from "../lib/i18n";
import { setLanguage } from "../lib/i18n/language";
import { Brand } from "./Brand";

const words = dictionary({
  language: ["English", "中文"],
  language_label: ["Switch to English", "切换到中文"],
});

export function Door({ children }: { children: ReactNode }) {
  const say = useText(words);
  const language = useLanguage();
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
      <main className="login-main">{children}</main>
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
