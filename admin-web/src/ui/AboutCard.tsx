import { BookOutlined, FileTextOutlined } from "@ant-design/icons";
import { type About, usePublicPlace } from "../lib/cases";
import { useText } from "../lib/i18n";
import { AboutDetails } from "./AboutDetails";
import { uiWords } from "./words";
import { Zh } from "./Zh";

interface Props {
  about: About;
  region: string;
  /** With what the line says, which is asked for: not while one only passes by. */
  details?: boolean;
}

/** What was published and is in question, with the way to the page everybody sees. */
export function AboutCard({ about, region, details = false }: Props) {
  const say = useText(uiWords);
  const place = usePublicPlace(about, region);
  return (
    <div className="card about-card">
      {about.type === "power_item" ? <BookOutlined aria-hidden /> : <FileTextOutlined aria-hidden />}
      <div>
        <small>{say(about.type)}</small>
        <p>
          <Zh>{about.label}</Zh>
        </p>
        {details ? <AboutDetails about={about} /> : null}
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
