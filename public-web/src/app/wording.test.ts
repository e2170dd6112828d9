import { expect, test } from "vitest";

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

// How villagers are spoken to: not in the office's words, and no button that does not say what it does.
const BANNED: readonly [RegExp, string][] = [
  [/逾期|信访件|受理告知|系统繁忙|诉求|反映件/, "a word of the office"],
  [/["`](确定|确认|取消|提交失败)["`]/, "a button or a fault that says nothing"],
];

test("villagers are spoken to in plain words", () => {
  const files = Object.entries(sources).filter(([name]) => !name.includes(".test."));
  expect(files.length).toBeGreaterThan(80);
  const found = files.flatMap(([name, text]) =>
    BANNED.flatMap(([pattern, why]) => {
      const hit = pattern.exec(text);
      return hit === null ? [] : [`${name}: ${hit[0]} (${why})`];
    }),
  );
  expect(found).toEqual([]);
});
