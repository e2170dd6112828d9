// What the queue shows stands in the address, so that a view can be kept, shared and gone back to.
export interface Filters {
  /** A state, `open` or `all`. */
  state: string;
  light: string | null;
  category: string | null;
  region: string | null;
  mine: boolean;
  q: string;
}

export const DEFAULTS: Filters = {
  state: "open",
  light: null,
  category: null,
  region: null,
  mine: false,
  q: "",
};

export function readFilters(params: URLSearchParams): Filters {
  return {
    state: params.get("state") ?? DEFAULTS.state,
    light: params.get("light"),
    category: params.get("category"),
    region: params.get("region"),
    mine: params.get("mine") === "1",
    q: params.get("q") ?? "",
  };
}

/** As the address has it: only what is not the default, always in the same order. */
export function writeFilters(filters: Partial<Filters>): string {
  const all = { ...DEFAULTS, ...filters };
  const params = new URLSearchParams();
  if (all.state !== DEFAULTS.state) params.set("state", all.state);
  if (all.light !== null) params.set("light", all.light);
  if (all.category !== null) params.set("category", all.category);
  if (all.region !== null) params.set("region", all.region);
  if (all.mine) params.set("mine", "1");
  if (all.q.trim() !== "") params.set("q", all.q.trim());
  return params.toString();
}

/** As the API wants it. */
export function asQuery(filters: Filters, me: string) {
  return {
    ...(filters.state === "all" ? {} : { state: filters.state }),
    ...(filters.light === null ? {} : { light: filters.light }),
    ...(filters.category === null ? {} : { category: filters.category }),
    ...(filters.region === null ? {} : { region: filters.region }),
    ...(filters.mine ? { assignee: me } : {}),
    ...(filters.q.trim() === "" ? {} : { q: filters.q.trim() }),
  };
}

/** The row one step further, or the first when none is chosen; it stays at the ends. */
export function stepped(ids: readonly string[], from: string | null, step: 1 | -1): string | null {
  const at = from === null ? -1 : ids.indexOf(from);
  if (at === -1) return ids[0] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}
