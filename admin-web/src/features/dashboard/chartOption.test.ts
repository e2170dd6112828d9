import { expect, test } from "vitest";
import { chartOption, spoken } from "./chartOption";

const chart = {
  title: "趋势",
  names: ["9月", "10月"],
  series: [
    { name: "提交", values: [3, 5] },
    { name: "按时率", values: [null, 80], rate: true },
  ],
};

test("a chart has patterns beside its colours and says itself in words", () => {
  const option = chartOption(chart, "sans");
  expect(option.aria.decal.show).toBe(true);
  expect(option.aria.label.description).toBe("趋势. 提交: 9月 3, 10月 5; 按时率: 9月 –%, 10月 80%");
  expect(option.tooltip.renderMode).toBe("richText");
  expect(spoken({ ...chart, series: [] })).toBe("趋势. ");
});
