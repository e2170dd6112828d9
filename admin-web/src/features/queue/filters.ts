// What the queue shows stands in the address, so that a view can be kept, shared and gone back to.
export interface Filters {
  /** A state, `open` or `all`. */
  state: string;
  light: string | null;
  category: string | null;
  region: string | null;
  mine: boolean;
  q: string;
  /** `today`. */
  due: string | null;
  /** `acknowledge`: what came up to one's own unit and was not acknowledged yet. */
  waiting: string | null;
  /** In whose hands. */
  unit: string | null;
  /** Calendar days since it was filed, `4-7` or `31-`. */
  age: string | null;
  /** Behind this number of the statistics: of the last thirty days, or of `month`. */
  counted: string | null;
  /** `2026-10`; nothing without `counted`. */
  month: string | null;
  rating: string | null;
}

export const DEFAULTS: Filters = {
  state: "open",
  light: null,
  category: null,
  region: null,
  mine: false,
  q: "",
  due: null,
  waiting: null,
  unit: null,
  age: null,
  counted: null,
  month: null,
  rating: null,
};

/** What a number of the dashboard asks for; chosen there, shown and taken off here. */
export const NARROWED = ["due", "waiting", "unit", "age", "counted", "rating"] as const;

export function readFilters(params: URLSearchParams): Filters {
  return {
    state: params.get("state") ?? DEFAULTS.state,
    light: params.get("light"),
    category: params.get("category"),
    region: params.get("region"),
    mine: params.get("mine") === "1",
    q: params.get("q") ?? "",
    due: params.get("due"),
    waiting: params.get("waiting"),
    unit: params.get("unit"),
    age: params.get("age"),
    counted: params.get("counted"),
    month: params.get("month"),
    rating: params.get("rating"),
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
  for (const name of NARROWED) if (all[name] !== null) params.set(name, all[name]);
  if (all.counted !== null && all.month !== null) params.set("month", all.month);
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
    ...(filters.due === null ? {} : { due: filters.due }),
    ...(filters.waiting === null ? {} : { waiting: filters.waiting }),
    ...(filters.unit === null ? {} : { unit: filters.unit }),
    ...ages(filters.age),
    ...(filters.counted === null ? {} : { counted: filters.counted }),
    ...(filters.counted === null || filters.month === null ? {} : { month: filters.month }),
    ...(filters.rating === null ? {} : { rating: filters.rating }),
  };
}

function ages(age: string | null): { age_from?: number; age_to?: number } {
  const found = /^(\d{0,5})-(\d{0,5})$/.exec(age ?? "");
  if (found === null) return {};
  const [, from = "", to = ""] = found;
  return { ...(from === "" ? {} : { age_from: Number(from) }), ...(to === "" ? {} : { age_to: Number(to) }) };
}

/** The row one step further, or the first when none is chosen; it stays at the ends. */
export function stepped(ids: readonly string[], from: string | null, step: 1 | -1): string | null {
  const at = from === null ? -1 : ids.indexOf(from);
  if (at === -1) return ids[0] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}
