// A field of words with its button: messages, supplements, reasons; photos beside it where they may come along. What
// was typed and chosen stays until it was taken, also while another page is looked at.
import { useState } from "preact/hooks";
import { useWords } from "../../lib/i18n";
import { useUnsent } from "../../lib/unsent";
import { Field, focusField } from "../../ui/form";
import { PhotoPicker } from "../../ui/PhotoPicker";
import { Button, type ButtonLook } from "../../ui/parts";
import { words } from "./words";

export interface WordsFormProps {
  id: string;
  /** Of the case. */
  code: string;
  label: string;
  hint?: string;
  button: string;
  look?: ButtonLook;
  most: number;
  /** Whether it may be left empty. */
  optional?: boolean;
  busy: boolean;
  /** How many photos may come along; none where that is left out. */
  photos?: number;
  onSend: (text: string, attachments: string[]) => Promise<boolean>;
}

export function WordsForm(props: WordsFormProps) {
  const say = useWords(words);
  const { id, most, optional = false } = props;
  const [{ text, photos }, change] = useUnsent(props.code, id);
  /** Photos are on their way: what is sent now would go without them. */
  const [waiting, setWaiting] = useState(false);
  const [fault, setFault] = useState<string | undefined>(undefined);
  const send = async () => {
    if (waiting) return;
    const plain = text.replace(/\r\n?/g, "\n").trim();
    const length = Array.from(plain).length;
    const wrong =
      length > most ? say.tooLong(most) : length === 0 && !optional ? say.missingWords : undefined;
    setFault(wrong);
    if (wrong !== undefined) return focusField(id);
    const tokens = photos.map((photo) => photo.token);
    if (await props.onSend(plain, tokens)) change(null);
  };
  return (
    <form
      class="wordsform"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field
        id={id}
        label={props.label}
        {...(props.hint === undefined ? {} : { hint: props.hint })}
        fault={fault}
      >
        {(described) => (
          <textarea
            class="input"
            {...described}
            rows={3}
            value={text}
            onInput={(event) => {
              change({ text: event.currentTarget.value });
              setFault(undefined);
            }}
          />
        )}
      </Field>
      {props.photos === undefined ? null : (
        <PhotoPicker
          id={`${id}-photos`}
          label={say.addPhotos}
          hint={props.photos === 0 ? say.photosFull : say.addPhotosHint(props.photos)}
          photos={photos}
          most={props.photos}
          onPhotos={(next) => change({ photos: next })}
          onBusy={setWaiting}
        />
      )}
      <Button type="submit" wide look={props.look ?? "plain"} aria-disabled={props.busy || waiting}>
        {props.button}
      </Button>
    </form>
  );
}
