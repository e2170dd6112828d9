// Words both ways. Without a name this is the only way in which staff reach the writer.
import { formatInstant } from "@yidiantong/client";
import { useLanguage, useWords } from "../../lib/i18n";
import { Icon } from "../../ui/Icon";
import { Zh } from "../../ui/Zh";
import { photosLeft } from "./Photos";
import type { Case } from "./useCase";
import { WordsForm } from "./WordsForm";
import { words } from "./words";

/** The photos that came with some words: by their numbers, as they stand below. */
function Along({ seq, open }: { seq: number; open: Case }) {
  const say = useWords(words);
  const photos = open.view.attachments?.filter((photo) => photo.message === seq) ?? [];
  if (photos.length === 0) return null;
  return <p class="cap">{say.along(photos.map((photo) => photo.n))}</p>;
}

export function Messages({ open }: { open: Case }) {
  const say = useWords(words);
  const language = useLanguage();
  const { messages, allowed_actions: may } = open.view;
  const writable = may.includes("message");
  if (messages.length === 0 && !writable) return null;
  return (
    <section class="card padded messages" aria-labelledby="messages">
      <h2 id="messages">{say.messages}</h2>
      {messages.length === 0 ? (
        <p class="cap">{say.noMessages}</p>
      ) : (
        <ol>
          {messages.map((message) => (
            <li key={message.seq} class={message.from === "complainant" ? "mine" : "theirs"}>
              <p class="cap">
                <b>{message.from === "complainant" ? say.you : say.staff}</b>{" "}
                {formatInstant(message.at, language, new Date().getFullYear())}
              </p>
              <p class="said-words">
                <Zh>{message.text}</Zh>
              </p>
              <Along seq={message.seq} open={open} />
            </li>
          ))}
        </ol>
      )}
      {!writable ? null : may.includes("supplement") ? (
        // Two fields side by side would be taken for each other, and what is asked for be written into the wrong one.
        <details class="fold">
          <summary>
            <span>{say.askFirst}</span>
            <Icon name="down" size={1.2} />
          </summary>
          <div>
            <Write open={open} hint={say.askFirstHint} />
          </div>
        </details>
      ) : (
        <Write open={open} hint={say.writeHint} />
      )}
    </section>
  );
}

function Write({ open, hint }: { open: Case; hint: string }) {
  const say = useWords(words);
  return (
    <WordsForm
      id="message"
      code={open.code}
      label={say.write}
      hint={hint}
      button={say.send}
      most={4000}
      busy={open.busy}
      photos={photosLeft(open.view)}
      onSend={(text, attachments) => open.act({ action: "message", text, attachments })}
    />
  );
}
