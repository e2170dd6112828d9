// Asks for what the opened page will need before it is drawn: its code may still be on its way.
import { readDisclosure, readDisclosures, readPowers, readRegion, readTopRegions } from "../lib/reads";

export function askEarly(path: string): void {
  for (const each of reads(path)) {
    // Nobody listens yet: whoever does later hears of the failure again.
    Promise.resolve(each).catch(() => undefined);
  }
}

function reads(path: string): unknown[] {
  if (path === "/") return [readTopRegions()];
  const found = /^\/v\/(\d{12})(?:\/(accounts|powers))?(\/.)?/.exec(path);
  const code = found?.[1];
  if (code === undefined) return [];
  if (path.includes("/print/")) return [readRegion(code)];
  if (found?.[2] === "accounts") return [readDisclosures(code), readRegion(code)];
  if (found?.[2] === "powers") return found[3] === undefined ? [readPowers(code), readRegion(code)] : [];
  return [latestWithSums(code), readRegion(code)];
}

async function latestWithSums(code: string): Promise<void> {
  const { items } = await readDisclosures(code, 1);
  if (items[0] !== undefined) await readDisclosure(items[0].id);
}
