// "Are you sure?" in the page itself, with the focus on the question.
import { useEffect, useRef } from "preact/hooks";
import { Button } from "./parts";

export interface SureProps {
  question: string;
  more?: readonly string[];
  yes: string;
  no: string;
  onYes: () => void;
  onNo: () => void;
}

export function Sure({ question, more = [], yes, no, onYes, onNo }: SureProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question in the flow, not a form of its own.
    <div class="ask-panel danger" role="group" aria-label={question} tabIndex={-1} ref={box}>
      <p class="strong">{question}</p>
      {more.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <div class="buttons">
        <Button look="quiet" onClick={onNo}>
          {no}
        </Button>
        <Button class="danger" onClick={onYes}>
          {yes}
        </Button>
      </div>
    </div>
  );
}
