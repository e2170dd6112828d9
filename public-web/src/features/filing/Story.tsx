// What happened, in the villager's own words. The first letters ask once whether they may stay on this phone.
import { changeDraft, useDraft } from "../../lib/draft";
import { useWords } from "../../lib/i18n";
import { Field } from "../../ui/form";
import { KeepAsk } from "./Keeping";
import { asBody, lengthOf, TEXT_MAX } from "./text";
import { type Found, idOf } from "./useFaults";
import { words } from "./words";

const TELL_BELOW = 200;

export function Story({ found }: { found: Found }) {
  const say = useWords(words);
  const { text } = useDraft();
  const left = TEXT_MAX - lengthOf(asBody(text));
  return (
    <>
      <Field
        id={idOf("text")}
        label={say.text}
        fault={found.of("text")}
        hint={
          <>
            {say.textHint}
            <br />
            {say.textExample}
          </>
        }
      >
        {(described) => (
          <textarea
            class="input"
            {...described}
            rows={6}
            // Browsers remember fields for stepping back, beside what was agreed to be kept.
            autocomplete="off"
            value={text}
            onInput={(event) => {
              changeDraft({ text: event.currentTarget.value });
              found.mended("text");
            }}
          />
        )}
      </Field>
      <p class="count" role="status">
        {left < TELL_BELOW ? say.left(left) : ""}
      </p>
      <KeepAsk />
    </>
  );
}
