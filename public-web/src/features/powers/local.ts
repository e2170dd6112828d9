// An item, and where a place wrote it for itself: the template that it stands in for, when that was done, and why.
import {
  type Power,
  type PowerVersions,
  type Region,
  readPower,
  readPowerVersions,
  readRegion,
} from "../../lib/reads";

export interface Local {
  template: Power;
  /** Of the item as it stands, the newest first: what was taken out of force before is not its reason. */
  versions: PowerVersions["items"];
  /** Whose template it is. */
  above: string;
  /** Whose item it is; `null`: the village's own. */
  owner: string | null;
}

export interface Item {
  power: Power;
  /** `null`: it stands in for none. `unread`: it does, but the template could not be read. */
  local: Local | "unread" | null;
}

/** What is known is there at once, as with every read: going back draws the page without a flicker. */
export function readItem(id: string, code: string): Item | Promise<Item> {
  const power = readPower(id);
  return power instanceof Promise ? power.then((one) => withTemplate(one, code)) : withTemplate(power, code);
}

function withTemplate(power: Power, code: string): Item | Promise<Item> {
  const { overrides } = power;
  if (overrides == null || !power.in_force) return { power, local: null };
  const [template, versions, region] = [
    readPower(overrides.id),
    readPowerVersions(power.id),
    readRegion(code),
  ];
  const put = (one: Power, all: PowerVersions, here: Region): Item => {
    const removed = all.items.findIndex(({ change }) => change === "removed");
    return {
      power,
      local: {
        template: one,
        versions: removed < 0 ? all.items : all.items.slice(0, removed),
        above: nameIn(here, one.region_code),
        owner: power.region_code === code ? null : nameIn(here, power.region_code),
      },
    };
  };
  if (!(template instanceof Promise || versions instanceof Promise || region instanceof Promise))
    return put(template, versions, region);
  // The item itself is there: it is shown whatever becomes of the rest.
  return Promise.all([template, versions, region]).then(
    (all) => put(...all),
    (): Item => ({ power, local: "unread" }),
  );
}

/** What a place above a village is called. */
export const nameIn = ({ path }: Region, code: string): string =>
  path.find((one) => one.code === code)?.short_name ?? "";
