import { describe, expect, it } from "vitest";
import { between, grown, middle, moved, sameBoxes, stepOf, together } from "./boxes";

const picture = { width: 200, height: 100 };
const lies = ({ x, y, width, height }: ReturnType<typeof middle>): boolean =>
  [x, y, width, height].every(Number.isInteger) &&
  x >= 0 &&
  y >= 0 &&
  width >= 1 &&
  height >= 1 &&
  x + width <= picture.width &&
  y + height <= picture.height;

describe("a box", () => {
  it("lies between two corners, drawn from whichever", () => {
    const box = { x: 10, y: 20, width: 30, height: 40 };
    expect(between({ x: 10, y: 20 }, { x: 40, y: 60 }, picture)).toEqual(box);
    expect(between({ x: 40, y: 60 }, { x: 10, y: 20 }, picture)).toEqual(box);
    expect(between({ x: 10.4, y: 59.6 }, { x: 39.6, y: 20.4 }, picture)).toEqual(box);
  });

  it("never leaves the picture and covers a pixel at least", () => {
    const far = [-1000, -1, 0, 0.5, 1, 99, 100, 199, 200, 5000];
    const start = between({ x: 190, y: 90 }, { x: 230, y: 130 }, picture);
    expect(start).toEqual({ x: 190, y: 90, width: 10, height: 10 });
    for (const x of far) {
      for (const y of far) {
        expect(lies(between({ x: 100, y: 50 }, { x, y }, picture))).toBe(true);
        expect(lies(between({ x, y }, { x, y }, picture))).toBe(true);
        expect(lies(moved(start, { x, y }, picture))).toBe(true);
        expect(lies(grown(start, { x, y }, picture))).toBe(true);
      }
    }
    expect(moved(start, { x: 50, y: -5 }, picture)).toEqual({ ...start, y: 85 });
    expect(grown(start, { x: -50, y: 5 }, picture)).toEqual({ ...start, width: 1 });
  });

  it("begins in the middle, also of a picture of one pixel", () => {
    expect(middle(picture)).toEqual({ x: 75, y: 47, width: 50, height: 6 });
    expect(middle({ width: 1, height: 1 })).toEqual({ x: 0, y: 0, width: 1, height: 1 });
    expect(stepOf({ width: 40, height: 20 })).toBe(1);
    expect(stepOf({ width: 2560, height: 1920 })).toBe(26);
  });

  it("of two people covers what either covered", () => {
    const [one, other, third] = [middle(picture), { ...middle(picture), x: 0 }, { ...middle(picture), y: 0 }];
    expect(together([one, other], [{ ...one }, third])).toEqual([one, other, third]);
    expect(together([], [one])).toEqual([one]);
  });

  it("is compared by place and size", () => {
    const [one, other] = [middle(picture), { ...middle(picture), x: 0 }];
    expect(sameBoxes([one, other], [{ ...one }, { ...other }])).toBe(true);
    expect(sameBoxes([one], [other])).toBe(false);
    expect(sameBoxes([one], [])).toBe(false);
  });
});
