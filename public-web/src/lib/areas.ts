// A village and the regions above it that somebody may want to look at as a whole.
import type { Region, RegionRow } from "./reads";

export type Area = Extract<RegionRow["level"], "village" | "township" | "county">;

export interface AreaChoice {
  area: Area;
  code: string;
  name: string;
}

/** Those of `offered` that this village has, in that order, and the one that an address names; else the first. */
export function areasOf(
  region: Region,
  offered: readonly Area[],
  named: string | undefined,
): { areas: readonly AreaChoice[]; here: AreaChoice | undefined } {
  const areas = offered.flatMap((area): AreaChoice[] => {
    const found = region.path.find((one) => one.level === area);
    return found === undefined ? [] : [{ area, code: found.code, name: found.short_name }];
  });
  return { areas, here: areas.find(({ area }) => area === named) ?? areas[0] };
}
