// A field of words with its button: messages, supplements, reasons. What was typed stays until it was taken.
import { useState } from "preact/hooks";
import { useWords } from "../../lib/i18n";
import { Field, focusField } from "../../ui/form";
import { Button, type ButtonLook } from "../../ui/parts";
import { words } from "./words";

export interface WordsFormProps {
  id: string;
  label: string;
  hint?: string;
  button: string;
  look?: ButtonLook;
  most: number;
  /** Whether it may be left empty. */
  optional?: boolean;
  busy: boolean;
  onSend: (text: string) => Promise<boolean>;
}

export function WordsForm(props: WordsFormProps) {
  const say = useWords(words);
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | undefined>(undefined);
  const { id, most, optional = false } = props;
  const send = async () => {
    const plain = text.replace(/\r\n?/g, "\n").trim();
    const length = Array.from(plain).length;
    const wrong =
      length > most ? say.tooLong(most) : length === 0 && !optional ? say.missingWords : undefined;
    setFault(wrong);
    if (wrong !== undefined) return focusField(id);
    if (await props.onSend(plain)) setText("");
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
              setText(event.currentTarget.value);
              setFault(undefined);
            }}
          />
        )}
      </Field>
      <Button type="submit" wide look={props.look ?? "plain"} aria-disabled={props.busy}>
        {props.button}
      </Button>
    </form>
  );
}
