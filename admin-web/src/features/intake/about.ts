// What is published in a place, for whoever is asked about it at the telephone: the same things that a villager's
// page attaches with one click.
import { useQuery } from "@tanstack/react-query";
import { formatFen, type PublicComponents } from "@yidiantong/client";
import { publicApi } from "../../lib/api";

type Schemas = PublicComponents["schemas"];
type Line = Schemas["AnyLine"];

const PAGE = 100;
/** A ledger of a year has fewer pages than this; what lies beyond is written down in words. */
const MOST_PAGES = 20;

interface Page<One> {
  items: One[];
  next_cursor?: string | null;
}

async function all<One>(ask: (cursor: string | undefined) => Promise<Page<One> | undefined>): Promise<One[]> {
  const found: One[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const next = await ask(cursor);
    found.push(...(next?.items ?? []));
    if (next?.next_cursor == null) break;
    cursor = next.next_cursor;
  }
  return found;
}

const query = (cursor: string | undefined) => ({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });

/** Everything published in a place that somebody may ask about. */
export const usePublished = (region: string | null) =>
  useQuery({
    queryKey: ["intake", "published", region],
    enabled: region !== null,
    queryFn: async ({ signal }) => {
      const path = { code: region ?? "" };
      const of = (cursor: string | undefined) => ({ params: { path, query: query(cursor) }, signal });
      const [disclosures, obligations, powers] = await Promise.all([
        all(async (at) => (await publicApi.GET("/api/v1/regions/{code}/disclosures", of(at))).data),
        all(async (at) => (await publicApi.GET("/api/v1/regions/{code}/obligations", of(at))).data),
        all(async (at) => (await publicApi.GET("/api/v1/regions/{code}/powers", of(at))).data),
      ]);
      return { disclosures, obligations, powers };
    },
  });

/** The lines of a disclosure, in its order. */
export const useLines = (disclosure: string | null) =>
  useQuery({
    queryKey: ["intake", "lines", disclosure],
    enabled: disclosure !== null,
    queryFn: ({ signal }): Promise<Line[]> =>
      all(async (cursor) => {
        const params = { path: { id: disclosure ?? "" }, query: query(cursor) };
        return (await publicApi.GET("/api/v1/disclosures/{id}/lines", { params, signal })).data;
      }),
  });

/** A line as somebody at the telephone would say it: its number, its day, what for, how much. */
export function called(line: Line): string {
  const words =
    "summary" in line
      ? [line.date, line.summary, formatFen(line.income_fen === 0 ? line.expense_fen : line.income_fen)]
      : Object.values(line.cells).filter((cell): cell is string => typeof cell === "string");
  return [`${line.no}`, ...words].join(" · ");
}
