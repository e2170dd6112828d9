// Asks for what the opened page will need before it is drawn: its code may still be on its way.
import { placeOf } from "../lib/first";
import {
  readDisclosure,
  readDisclosures,
  readPower,
  readPowers,
  readRegion,
  readTopRegions,
} from "../lib/reads";

export function askEarly(path: string): void {
  for (const each of reads(path)) {
    // Nobody listens yet: whoever does later hears of the failure again.
    Promise.resolve(each).catch(() => undefined);
  }
}

function reads(path: string): unknown[] {
  if (path === "/") return [readTopRegions()];
  const found = placeOf(path);
  if (found === null) return [];
  const { code, room, item } = found;
  if (room === "") return [latestWithSums(code), readRegion(code)];
  if (room === "accounts") return [readDisclosures(code), readRegion(code)];
  if (room === "powers") return [item === "" ? readPowers(code) : readPower(item), readRegion(code)];
  return [readRegion(code)];
}

async function latestWithSums(code: string): Promise<void> {
  const { items } = await readDisclosures(code, 1);
  if (items[0] !== undefined) await readDisclosure(items[0].id);
}
