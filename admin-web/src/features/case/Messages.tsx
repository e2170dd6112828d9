import type { CaseView } from "../../lib/cases";
import { useLanguage, useText } from "../../lib/i18n";
import { shortInstant } from "../../ui/shortInstant";
import { Zh } from "../../ui/Zh";
import { words } from "./words";

interface Props {
  view: CaseView;
  year: number;
}

/** The photos that came with some words, as far as this reader may see them. */
function Along({ view, seq }: { view: CaseView; seq: number }) {
  const say = useText(words);
  const photos = view.attachments.filter((photo) => photo.message === seq).map((photo) => photo.n);
  return photos.length === 0 ? null : <small>{say("along", { photos: photos.join("、") })}</small>;
}

export function Messages({ view, year }: Props) {
  const say = useText(words);
  const language = useLanguage();
  return (
    <section className="card" aria-labelledby="messages">
      <h2 id="messages">{say("messages")}</h2>
      {view.messages.length === 0 ? <p className="quiet">{say("no_messages")}</p> : null}
      <ul className="messages">
        {view.messages.map((message) => (
          <li key={message.seq} className={message.from === "staff" ? "ours" : "theirs"}>
            <small>
              {say(message.from === "staff" ? "from_staff" : "from_complainant")} ·{" "}
              {shortInstant(message.at, language, year)}
            </small>
            <p className="words">
              <Zh>{message.text}</Zh>
            </p>
            <Along view={view} seq={message.seq} />
          </li>
        ))}
      </ul>
    </section>
  );
}
