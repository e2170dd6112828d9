// Black boxes in a picture, in whole pixels of the picture from its upper left corner; none leaves it.
import type { AdminComponents } from "@yidiantong/client";

export type Box = AdminComponents["schemas"]["Rectangle"];

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** As the server has it. */
export const MOST_BOXES = 100;

const within = (value: number, least: number, most: number): number =>
  Math.min(Math.max(Math.round(value), least), Math.max(least, most));

/** The box between two corners, whichever they are; at least one pixel. */
export function between(one: Point, other: Point, picture: Size): Box {
  const x = within(Math.min(one.x, other.x), 0, picture.width - 1);
  const y = within(Math.min(one.y, other.y), 0, picture.height - 1);
  return {
    x,
    y,
    width: within(Math.max(one.x, other.x) - x, 1, picture.width - x),
    height: within(Math.max(one.y, other.y) - y, 1, picture.height - y),
  };
}

/** The same box elsewhere; at the edge it stops. */
export function moved(box: Box, by: Point, picture: Size): Box {
  return {
    ...box,
    x: within(box.x + by.x, 0, picture.width - box.width),
    y: within(box.y + by.y, 0, picture.height - box.height),
  };
}

/** The same corner, wider and taller by so much; at the edge it stops. */
export function grown(box: Box, by: Point, picture: Size): Box {
  return {
    ...box,
    width: within(box.width + by.x, 1, picture.width - box.x),
    height: within(box.height + by.y, 1, picture.height - box.y),
  };
}

/** A box to begin with where no finger draws one: a name's size, in the middle. */
export function middle(picture: Size): Box {
  const width = within(picture.width / 4, 1, picture.width);
  const height = within(picture.height / 16, 1, picture.height);
  const x = within((picture.width - width) / 2, 0, picture.width - width);
  const y = within((picture.height - height) / 2, 0, picture.height - height);
  return { x, y, width, height };
}

/** How far one press of a key moves: a hundredth of the longer side. */
export const stepOf = (picture: Size): number =>
  Math.max(1, Math.round(Math.max(picture.width, picture.height) / 100));

const same = (one: Box, other: Box | undefined): boolean =>
  other !== undefined &&
  one.x === other.x &&
  one.y === other.y &&
  one.width === other.width &&
  one.height === other.height;

/** What two people drew: nothing that either of them covered is left bare. */
export const together = (ones: readonly Box[], others: readonly Box[]): readonly Box[] => [
  ...ones,
  ...others.filter((box) => !ones.some((one) => same(one, box))),
];

export const sameBoxes = (ones: readonly Box[], others: readonly Box[]): boolean =>
  ones.length === others.length && ones.every((box, at) => same(box, others[at]));
