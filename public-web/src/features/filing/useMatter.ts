// What all three steps need to know of the place: its name and those above it, the units, the categories.
import { changeDraft, currentDraft } from "../../lib/draft";
import { type Load, useLoad } from "../../lib/load";
import { type Categories, type Region, readCategories, readOrganisations, readRegion } from "../../lib/reads";
import type { Unit } from "./destination";

export interface Matter {
  region: Region;
  units: readonly Unit[];
  categories: Categories;
}

export function useMatter(region: string): Load<Matter> {
  return useLoad<Matter>(() => {
    const [where, organisations, categories] = [
      readRegion(region),
      readOrganisations(region),
      readCategories(),
    ];
    const parts = [where, organisations, categories] as const;
    if (parts.some((part) => part instanceof Promise)) return Promise.all(parts).then(gather);
    return gather([where, organisations, categories] as Parameters<typeof gather>[0]);
  }, [region]);
}

function gather([region, { items }, categories]: readonly [Region, { items: Unit[] }, Categories]): Matter {
  const held = currentDraft();
  if (held.region?.code !== region.code || held.region.name !== region.short_name) {
    // A village that a ledger belongs to comes without its name.
    queueMicrotask(() => changeDraft({ region: { code: region.code, name: region.short_name } }));
  }
  return { region, units: items, categories };
}
