// What part of a whole each kind of spending is: for bars, and for the numbers beside them.
import type { PublicComponents } from "@yidiantong/client";

export type ShareRow = PublicComponents["schemas"]["Share"];

export type Colour = 1 | 2 | 3 | 4 | 5 | 6;

export interface Slice {
  key: string;
  /** `null`: nobody wrote what it was for. */
  name: string | null;
  /** Everything that found no bar of its own. */
  rest: boolean;
  amountFen: number;
  lines: number;
  /** Whole percents; all slices together make 100, unless there is nothing at all. */
  percent: number;
  /** Less than half a percent: the bar has its percent, the words say "less than 1". */
  tiny: boolean;
  /** Of the largest, for the length of a bar. */
  length: number;
  colour: Colour;
}

const COLOURS: readonly Colour[] = [1, 2, 3, 5, 4];

/**
 * Whole percents that make 100 together: each rounded down, but no part of the whole to nothing; what is then
 * missing is given to the largest remainders, what is too much taken from the largest. Amounts below zero
 * (money that came back) are no part of the whole.
 */
export function percents(amounts: readonly number[]): number[] {
  const parts = amounts.map((amount) => Math.max(0, amount));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  if (whole === 0) return parts.map(() => 0);
  const exact = parts.map((part) => (part / whole) * 100);
  const result = exact.map((value) => (value > 0 ? Math.max(1, Math.floor(value)) : 0));
  let missing = 100 - result.reduce((sum, each) => sum + each, 0);
  for (; missing < 0; missing += 1) {
    const largest = result.indexOf(Math.max(...result));
    result[largest] = (result[largest] ?? 0) - 1;
  }
  const order = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of order.slice(0, missing)) result[index] = (result[index] ?? 0) + 1;
  return result;
}

/** The largest first, at most `most` with a name, and the rest as one. */
export function slices(rows: readonly ShareRow[], most: number): Slice[] {
  const sorted = [...rows].filter((row) => row.amount_fen !== 0).sort((a, b) => b.amount_fen - a.amount_fen);
  // "The rest" of a single kind would hide a name and save no place.
  const cut = sorted.length > most + 1 ? most : sorted.length;
  const shown = sorted.slice(0, cut).map((row, index) => ({
    key: row.account_code ?? `none-${index}`,
    name: row.account_plain_name ?? row.account_code ?? null,
    rest: false,
    amountFen: row.amount_fen,
    lines: row.line_count,
  }));
  const others = sorted.slice(cut);
  const all =
    others.length === 0
      ? shown
      : [
          ...shown,
          {
            key: "rest",
            name: null,
            rest: true,
            amountFen: others.reduce((sum, row) => sum + row.amount_fen, 0),
            lines: others.reduce((sum, row) => sum + row.line_count, 0),
          },
        ];
  const percent = percents(all.map((each) => each.amountFen));
  const whole = all.reduce((sum, each) => sum + Math.max(0, each.amountFen), 0);
  const largest = Math.max(1, ...all.map((each) => each.amountFen));
  return all.map((each, index) => ({
    ...each,
    percent: percent[index] ?? 0,
    tiny: each.amountFen > 0 && each.amountFen / whole < 0.005,
    length: Math.max(0, each.amountFen) / largest,
    colour: each.rest ? 6 : (COLOURS[index] ?? 6),
  }));
}
