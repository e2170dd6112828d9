import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { categoryOfArea } from "./area";

/** The areas of the template that counties begin with. */
const TEMPLATE: Readonly<Record<string, string | null>> = {
  重大决策: "decisions",
  // Pay, hiring, election and audit: no one kind.
  人员管理: null,
  资金管理: "accounts",
  工程采购: "projects",
  资产资源管理: "assets_resources",
  印章管理: "service",
  社会救助: "benefits",
  土地住房: "land_housing",
  惠民补贴: "benefits",
  村务公开: "disclosure",
  公共服务: "service",
};

test("an area with an obvious kind of matter has it, and no other", () => {
  const file = new URL("../../../../api/data/powers-template.json", import.meta.url);
  const { items } = JSON.parse(readFileSync(file, "utf8")) as { items: { category: string }[] };
  const found = Object.fromEntries(items.map(({ category }) => [category, categoryOfArea(category)]));
  expect(found).toEqual(TEMPLATE);
});

test("an area of several kinds leaves the choice to the writer", () => {
  for (const area of ["三资管理", "资金资产资源", "项目资金", "其他", ""])
    expect(categoryOfArea(area)).toBeNull();
});
