// What an opened address will need first, as the API's paths. The first script asks for these while the pages'
// code is still on its way; on a slow network that is a whole round trip.

export function firstReads(path: string): string[] {
  if (path === "/") return ["/api/v1/regions?level=county&limit=100"];
  const found = /^\/v\/(\d{12})(?:\/(accounts|powers))?(\/|$)/.exec(path);
  if (found === null) return [];
  const region = `/api/v1/regions/${found[1]}`;
  if (path.includes("/print/")) return [region];
  if (found[2] === "accounts") return [`${region}/disclosures?kind=ledger&limit=100`, region];
  if (found[2] === "powers") {
    // One item needs neither the list nor the village.
    return /\/powers\/./.test(path) ? [] : [`${region}/powers?limit=100`, region];
  }
  return [`${region}/disclosures?kind=ledger&limit=1`, region];
}

/** An answer under way, and the way to give it up: a request left hanging would hold up the next like it. */
export interface EarlyAnswer {
  answer: Promise<Response>;
  stop: AbortController;
}

/** By path; each is taken once. */
export type Early = Map<string, EarlyAnswer>;

declare global {
  interface Window {
    ydtEarly?: Early;
  }
}
