// A village and the regions above it that somebody may want to look at as a whole.
import type { Region, RegionRow } from "./reads";

export type Area = Extract<RegionRow["level"], "village" | "township" | "county">;

export interface AreaChoice {
  area: Area;
  code: string;
  name: string;
}

/** Those of `wanted` that this village has, in that order. */
export function areasOf(region: Region, wanted: readonly Area[]): AreaChoice[] {
  return wanted.flatMap((area) => {
    const found = region.path.find((one) => one.level === area);
    return found === undefined ? [] : [{ area, code: found.code, name: found.short_name }];
  });
}
