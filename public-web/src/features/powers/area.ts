// Which kind of matter an item's area is. Areas are the county's own words; the kinds are the API's, and each has a
// name by which villagers look for it in the form.

const SIGNS: readonly [signs: RegExp, category: string][] = [
  [/资金|财务|收支|账目/, "accounts"],
  [/资产|资源|发包|出租/, "assets_resources"],
  [/工程|采购|项目/, "projects"],
  [/救助|救济|补贴|惠民|低保/, "benefits"],
  [/决策|议事|表决/, "decisions"],
  [/印章|盖章|证明|代办|服务/, "service"],
  [/土地|宅基地|住房|征地/, "land_housing"],
  [/公开|公示/, "disclosure"],
];

/** `null` where the area speaks of none, or of several: then the writer chooses. */
export function categoryOfArea(area: string): string | null {
  const found = SIGNS.filter(([signs]) => signs.test(area));
  return found.length === 1 ? (found[0]?.[1] ?? null) : null;
}
