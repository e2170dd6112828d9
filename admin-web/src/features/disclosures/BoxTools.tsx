// The boxes of a voucher as a list, with buttons and keys that do all that dragging does (WCAG 2.1.1, 2.5.7).
import { Button } from "antd";
import { type KeyboardEvent, useRef, useState } from "react";
import { useText } from "../../lib/i18n";
import { type Box, grown, MOST_BOXES, middle, moved, type Size, stepOf } from "./boxes";
import { voucherWords } from "./voucherWords";

interface Props {
  picture: Size;
  boxes: readonly Box[];
  chosen: number | null;
  onBoxes: (boxes: readonly Box[]) => void;
  onChoose: (at: number | null) => void;
}

const WAYS = [
  { word: "left", x: -1, y: 0, change: moved },
  { word: "right", x: 1, y: 0, change: moved },
  { word: "up", x: 0, y: -1, change: moved },
  { word: "down", x: 0, y: 1, change: moved },
  { word: "wider", x: 1, y: 0, change: grown },
  { word: "narrower", x: -1, y: 0, change: grown },
  { word: "taller", x: 0, y: 1, change: grown },
  { word: "shorter", x: 0, y: -1, change: grown },
] as const;

const ARROWS: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function BoxTools({ picture, boxes, chosen, onBoxes, onChoose }: Props) {
  const say = useText(voucherWords);
  const [told, setTold] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const step = stepOf(picture);
  const box = chosen === null ? undefined : boxes[chosen];
  const where = (one: Box, at: number) =>
    say("box_where", { n: at + 1, x: one.x, y: one.y, w: one.width, h: one.height });

  const put = (at: number, next: Box) => {
    onBoxes(boxes.map((one, place) => (place === at ? next : one)));
    setTold(where(next, at));
  };
  const remove = (at: number) => {
    onBoxes(boxes.filter((_, place) => place !== at));
    onChoose(null);
    setTold(say("removed", { n: at + 1 }));
    // The button that had the focus is gone.
    add.current?.focus();
  };
  const press = (event: KeyboardEvent, at: number) => {
    const one = boxes[at];
    if (one === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      remove(at);
      return;
    }
    const way = ARROWS[event.key];
    if (way === undefined) return;
    event.preventDefault();
    onChoose(at);
    const by = { x: way.x * step, y: way.y * step };
    put(at, (event.shiftKey ? grown : moved)(one, by, picture));
  };

  return (
    <section className="card" aria-labelledby="voucher-boxes">
      <h2 id="voucher-boxes">{say("boxes")}</h2>
      {boxes.length === 0 ? <p className="disc-quiet">{say("no_boxes")}</p> : null}
      <ul className="voucher-boxes" ref={list}>
        {boxes.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a box is its place in the list.
          <li key={at}>
            <Button
              type={at === chosen ? "primary" : "default"}
              aria-pressed={at === chosen}
              aria-label={where(one, at)}
              aria-describedby="voucher-draw-hint"
              onClick={() => onChoose(at === chosen ? null : at)}
              onKeyDown={(event) => press(event, at)}
            >
              {say("box", { n: at + 1 })}
            </Button>
          </li>
        ))}
      </ul>
      <Button
        ref={add}
        disabled={boxes.length >= MOST_BOXES}
        onClick={() => {
          onBoxes([...boxes, middle(picture)]);
          onChoose(boxes.length);
          // Keys move it at once.
          requestAnimationFrame(() =>
            list.current?.querySelector<HTMLElement>("li:last-child button")?.focus(),
          );
        }}
      >
        {say("box_add")}
      </Button>
      {chosen === null || box === undefined ? null : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would be drawn.
        <div role="group" className="voucher-tools" aria-label={say("box_tools", { n: chosen + 1 })}>
          {WAYS.map(({ word, x, y, change }) => (
            <Button
              key={word}
              onClick={() => put(chosen, change(box, { x: x * step, y: y * step }, picture))}
            >
              {say(word)}
            </Button>
          ))}
          <Button danger onClick={() => remove(chosen)}>
            {say("remove")}
          </Button>
        </div>
      )}
      <p className="unseen" role="status">
        {told}
      </p>
    </section>
  );
}
