// The original with black boxes on it, to be drawn, moved and resized by mouse, pen or finger. Whatever is done here can
// be done with the buttons and keys beside it too (BoxTools.tsx).
import { type PointerEvent, useRef, useState } from "react";
import { type Box, between, grown, MOST_BOXES, moved, type Point, type Size } from "./boxes";

interface Props {
  src: string;
  label: string;
  picture: Size;
  boxes: readonly Box[];
  chosen: number | null;
  /** Whether a finger draws; otherwise it scrolls the page. */
  draws: boolean;
  onBoxes: (boxes: readonly Box[]) => void;
  onChoose: (at: number | null) => void;
}

type Drag =
  /** From a corner to wherever the pointer is. */
  | { kind: "draw"; from: Point; pointer: number }
  | { kind: "move" | "grow"; at: number; box: Box; from: Point; pointer: number };

/** What is drawn shorter than this on the screen was a tap. */
const TAP_PX = 5;

export function Drawing({ src, label, picture, boxes, chosen, draws, onBoxes, onChoose }: Props) {
  const [drag, setDrag] = useState<Drag | null>(null);
  /** Where the box that is being drawn or changed is now. */
  const [live, setLive] = useState<Box | null>(null);
  const place = useRef<SVGSVGElement>(null);

  const scale = () => picture.width / (place.current?.getBoundingClientRect().width || picture.width);
  const pointOf = (event: PointerEvent): Point => {
    const frame = place.current?.getBoundingClientRect();
    if (frame === undefined) return { x: 0, y: 0 };
    return { x: (event.clientX - frame.left) * scale(), y: (event.clientY - frame.top) * scale() };
  };

  const begin = (event: PointerEvent<SVGSVGElement>) => {
    const isFinger = event.pointerType === "touch";
    if (event.button !== 0 || drag !== null || (isFinger && !draws)) return;
    const from = pointOf(event);
    const pointer = event.pointerId;
    const target = event.target instanceof Element ? event.target : null;
    const at = Number(target?.getAttribute("data-box") ?? -1);
    const box = boxes[at];
    if (box !== undefined) {
      onChoose(at);
      setDrag({ kind: target?.hasAttribute("data-corner") ? "grow" : "move", at, box, from, pointer });
      setLive(box);
    } else if (boxes.length < MOST_BOXES) {
      onChoose(null);
      setDrag({ kind: "draw", from, pointer });
    }
    event.currentTarget.setPointerCapture(pointer);
  };

  const boxAt = (event: PointerEvent, of: Drag): Box => {
    const to = pointOf(event);
    if (of.kind === "draw") return between(of.from, to, picture);
    const by = { x: to.x - of.from.x, y: to.y - of.from.y };
    return of.kind === "move" ? moved(of.box, by, picture) : grown(of.box, by, picture);
  };

  const go = (event: PointerEvent) => {
    if (drag !== null && event.pointerId === drag.pointer) setLive(boxAt(event, drag));
  };

  const end = (event: PointerEvent) => {
    if (drag === null || event.pointerId !== drag.pointer) return;
    const box = boxAt(event, drag);
    if (drag.kind !== "draw") {
      onBoxes(boxes.map((one, at) => (at === drag.at ? box : one)));
    } else if (Math.max(box.width, box.height) / scale() > TAP_PX) {
      onBoxes([...boxes, box]);
      onChoose(boxes.length);
    }
    leave();
  };

  const leave = () => {
    setDrag(null);
    setLive(null);
  };

  const shown = boxes.map((box, at) =>
    drag !== null && drag.kind !== "draw" && drag.at === at && live !== null ? live : box,
  );
  // As large as a finger, however large the picture.
  const corner = 28 * scale();
  return (
    <svg
      ref={place}
      className={draws ? "redaction draws" : "redaction"}
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      role="img"
      aria-label={label}
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={leave}
    >
      <image href={src} width={picture.width} height={picture.height} />
      {shown.map((box, at) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a box is its place in the list.
          key={at}
          {...box}
          data-box={at}
          className={at === chosen ? "black chosen" : "black"}
        />
      ))}
      {drag?.kind === "draw" && live !== null ? <rect {...live} className="black chosen" /> : null}
      {chosen === null || shown[chosen] === undefined ? null : (
        <rect
          data-box={chosen}
          data-corner
          className="corner"
          x={shown[chosen].x + shown[chosen].width - corner / 2}
          y={shown[chosen].y + shown[chosen].height - corner / 2}
          width={corner}
          height={corner}
        />
      )}
    </svg>
  );
}
