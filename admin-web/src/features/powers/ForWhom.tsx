import { useText } from "../../lib/i18n";
import { useRegion } from "../../lib/regions";
import type { PowerView } from "./data";
import { words } from "./words";

/** Whose list an item is written for, and what of the list above it stands in for. */
export function ForWhom({ region, above }: { region: string; above: PowerView | null }) {
  const say = useText(words);
  const place = useRegion(region).data?.short_name ?? region;
  const upper = useRegion(above?.region_code ?? null).data?.short_name ?? above?.region_code ?? "";
  return (
    <>
      {above === null
        ? say("for_place", { place })
        : say("for_over", { place, above: upper, n: above.version })}
    </>
  );
}
