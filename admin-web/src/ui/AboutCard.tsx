import { BookOutlined, FileTextOutlined } from "@ant-design/icons";
import { type About, usePublicPlace } from "../lib/cases";
import { useText } from "../lib/i18n";
import { uiWords } from "./words";

/** What was published and is in question, with the way to the page everybody sees. */
export function AboutCard({ about, region }: { about: About; region: string }) {
  const say = useText(uiWords);
  const place = usePublicPlace(about, region);
  return (
    <div className="card about-card">
      {about.type === "power_item" ? <BookOutlined aria-hidden /> : <FileTextOutlined aria-hidden />}
      <div>
        <small>{say(about.type)}</small>
        <p>{about.label}</p>
      </div>
      {place === null ? null : (
        <a href={place} target="_blank" rel="noreferrer">
          {say("see")}
          <span className="unseen">{say("new_tab")}</span>
        </a>
      )}
    </div>
  );
}
