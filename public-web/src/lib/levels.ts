// A level of the tree as people there say it: 镇里, 乡里, 街道上, 区里, 县里, 市里, by the name it has.
import type { Language, PublicComponents } from "@yidiantong/client";

type Schemas = PublicComponents["schemas"];
export type Level = Schemas["Level"];
type Path = readonly Schemas["RegionName"][];

const ENGLISH: Record<Level, string> = {
  village: "the village",
  township: "the township",
  county: "the county",
  city: "the city",
  province: "the province",
};

export function levelWord(path: Path, level: Level, language: Language): string {
  if (language === "en") return ENGLISH[level];
  const name = path.find((one) => one.level === level)?.short_name ?? "";
  if (name.endsWith("街道")) return "街道";
  const fallback: Record<Level, string> = {
    village: "村",
    township: "镇",
    county: "县",
    city: "市",
    province: "省",
  };
  return `${/[村屯镇乡区县旗市省]$/.exec(name)?.[0] ?? fallback[level]}里`;
}

/** The level that a case's number stands for: 1 township, 2 county, 3 city. */
export const levelOfRung = (rung: number): Level => (rung <= 1 ? "township" : rung === 2 ? "county" : "city");

/** `团结镇 东风村`: a village with the township that tells it from others of its name. */
export function placeName(path: Path): string {
  const names = path.filter((one) => one.level === "township" || one.level === "village");
  return (names.length === 0 ? path.slice(-1) : names).map((one) => one.short_name).join(" ");
}
