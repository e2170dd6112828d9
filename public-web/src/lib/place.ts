// What a place is called on paper, where nobody knows which county it is: its county, its township and itself.
import type { Region } from "./reads";

/** `道外区 团结镇`: what a village lies in, from the county down. */
export function within({ path, code }: Region): string {
  const outer = path.filter(
    (one) => one.code !== code && (one.level === "county" || one.level === "township"),
  );
  return outer.map((one) => one.short_name).join(" ");
}

export const fullPlace = (region: Region): string => `${within(region)} ${region.short_name}`.trim();
