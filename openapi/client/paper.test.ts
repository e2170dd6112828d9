import { expect, test } from "vitest";
import { pageRule, qrOf } from "./paper";
import { NATIONAL_PHONE, poster } from "./poster";

test("a code has four modules of white on every side, and every dark module in its path", () => {
  const { path, size } = qrOf("https://example.org/v/230104111204", "Q");
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)].map((one) => one.slice(1).map(Number));
  expect(runs.map(([x, y, run]) => `M${x} ${y}h${run}v1h-${run}z`).join("")).toBe(path);
  expect(Math.min(...runs.map(([x = 0]) => x))).toBe(4);
  expect(Math.min(...runs.map(([, y = 0]) => y))).toBe(4);
  expect(Math.max(...runs.map(([x = 0, , run = 0]) => x + run))).toBe(size - 4);
  // The finder in the corner: seven dark modules in a row.
  expect(runs[0]).toEqual([4, 4, 7, 7]);
});

test("what stands at the foot cannot end its own text", () => {
  const rule = pageRule({ size: "A3", landscape: true, foot: { text: 'a"b\\c\nd', language: "en" } });
  expect(rule).toContain('content: "a\\"b\\\\c d";');
  expect(rule).toContain("size: A3 landscape");
});

test("a poster keeps within its sheet in each language, and always names a number to call", () => {
  for (const language of ["zh", "en", "both"] as const) {
    const of = {
      village: "演示民族联合村",
      within: "道外区 民主满族乡",
      url: "https://example.org/v/1",
      language,
    };
    const texts = poster(of).filter(({ tag }) => tag === "text");
    for (const { attrs, text = "" } of texts) {
      expect(Number(attrs.y), text).toBeLessThan(292);
      expect(Number(attrs.y), text).toBeGreaterThan(10);
    }
    expect(texts.some(({ text }) => text === NATIONAL_PHONE)).toBe(true);
    const answer = { zh: "15 个工作日", en: "15 working days" };
    const promised = poster({ ...of, answer }).map(({ text = "" }) => text);
    expect(promised.some((text) => text.includes(answer[language === "en" ? "en" : "zh"]))).toBe(true);
    const own = poster({ ...of, phone: "0451-0000" }).map(({ text }) => text);
    expect(own).toContain("0451-0000");
    // In the place of the country's number for anything; the one about officials stays.
    expect(own).toContain(NATIONAL_PHONE);
    expect(own).not.toContain("12345");
  }
});
