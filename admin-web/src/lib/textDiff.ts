// Texts held against each other: what is the same, what is gone, what is new.

/** A line of one side. What differs within it stands in the middle; a whole line that is gone or new has only that. */
export interface Line {
  mark: "same" | "gone" | "new";
  head: string;
  middle: string;
  tail: string;
}

const whole = (mark: Line["mark"], text: string): Line =>
  mark === "same" ? { mark, head: text, middle: "", tail: "" } : { mark, head: "", middle: text, tail: "" };

/** Where two lists of texts agree, in order and as often as can be: pairs of places. */
export function common(before: readonly string[], after: readonly string[]): [number, number][] {
  const longest = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = longest[i] ?? [];
    for (let j = after.length - 1; j >= 0; j -= 1) {
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

const OPENING: ReadonlySet<string> = new Set("（(《【「“‘[");

/** What was put in may as well begin earlier where it ends with what stood before it: `（更正）（` is `（更正）` put before `（`. */
function toOpening(text: readonly string[], from: number, to: number): number {
  for (let back = 0; back <= from; back += 1) {
    if (OPENING.has(text[from - back] ?? "")) return back;
    if (text[from - back - 1] !== text[to - back - 1]) return 0;
  }
  return 0;
}

/** One text against another: what they begin and end with in common is not marked. */
export function between(before: string, after: string): [Line | null, Line | null] {
  if (before === after) return before === "" ? [null, null] : [whole("same", before), whole("same", after)];
  if (before === "") return [null, whole("new", after)];
  if (after === "") return [whole("gone", before), null];
  const [one, other] = [[...before], [...after]];
  let head = 0;
  while (head < Math.min(one.length, other.length) && one[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(one.length, other.length) - head && one.at(-1 - tail) === other.at(-1 - tail))
    tail += 1;
  const longer = one.length > other.length ? one : other;
  if (Math.min(one.length, other.length) === head + tail) {
    const back = toOpening(longer, head, longer.length - tail);
    head -= back;
    tail += back;
  }
  const cut = (mark: "gone" | "new", text: readonly string[]): Line => ({
    mark,
    head: text.slice(0, head).join(""),
    middle: text.slice(head, text.length - tail).join(""),
    tail: text.slice(text.length - tail).join(""),
  });
  return [cut("gone", one), cut("new", other)];
}
