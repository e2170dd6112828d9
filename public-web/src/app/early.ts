// Asks for what the opened page will need before anything is drawn or its code has come: on a slow network
// that is one round trip less until the figures stand there. The pages then find the answers under way.
import { readDisclosures, readPowers, readRegion, readTopRegions } from "../lib/reads";

export function askEarly(path: string): void {
  if (path === "/") hold(readTopRegions());
  const found = /^\/v\/(\d{12})(?:\/(accounts|powers))?/.exec(path);
  const code = found?.[1];
  if (code === undefined) return;
  const place = found?.[2];
  const reads =
    place === "accounts"
      ? [readDisclosures(code), readRegion(code)]
      : place === "powers"
        ? [readPowers(code), readRegion(code)]
        : [readDisclosures(code, 1), readRegion(code), readPowers(code, 3)];
  for (const each of reads) hold(each);
}

/** Nobody listens yet: whoever does later hears of the failure again. */
const hold = (read: unknown): void => void Promise.resolve(read).catch(() => undefined);
