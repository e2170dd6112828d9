// What an opened address will need first, as the API's paths. The first script asks for these while the pages'
// code is still on its way; on a slow network that is a whole round trip.

export function firstReads(path: string): string[] {
  if (path === "/") return ["/api/v1/regions?level=county&limit=100"];
  const found = placeOf(path);
  if (found === null) return [];
  const { code, room, item } = found;
  const region = `/api/v1/regions/${code}`;
  if (room === "") return [`${region}/disclosures?kind=ledger&limit=1`, region];
  if (room === "accounts") return [`${region}/disclosures?kind=ledger&limit=100`, region];
  if (room === "powers" && item === "") return [`${region}/powers?limit=100`, region];
  // What else stands there is asked for by its own code; that it is of this village each page says.
  return [...(room === "powers" ? [`/api/v1/powers/${item}`] : []), region];
}

/** Of a village's page: the village, the first part behind it, and what follows that. */
export function placeOf(path: string): { code: string; room: string; item: string } | null {
  const found = /^\/v\/(\d{12})(?:\/(\w*)(?:\/(\w*))?)?(?:\/|$)/.exec(path);
  return found?.[1] === undefined ? null : { code: found[1], room: found[2] ?? "", item: found[3] ?? "" };
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
