// An item as everybody reads it, in any of its versions.
import { useInfiniteQuery } from "@tanstack/react-query";
import type { PublicComponents } from "@yidiantong/client";
import { $public, publicApi } from "../../lib/api";
import type { Item } from "./item";

type Schemas = PublicComponents["schemas"];
export type PowerView = Schemas["PowerView"];
export type Version = Schemas["PowerVersion"];
type Page = Schemas["Page_PowerVersion"];

const VERSIONS = "/api/v1/powers/{id}/versions";
const PAGE = 50;

/** Whoever writes must not see what was public a minute ago: the browser asks whether it is still so. */
const FRESH = { cache: "no-cache" } as const;

/** An item in one version; in the newest where none is named. */
export const usePower = (id: string, version?: number) =>
  $public.useQuery(
    "get",
    "/api/v1/powers/{id}",
    { params: { path: { id }, query: version === undefined ? {} : { version } }, ...FRESH },
    { refetchOnMount: "always" },
  );

/** Its versions, the newest first, page after page. */
export function useVersions(id: string) {
  return useInfiniteQuery({
    queryKey: ["get", VERSIONS, id],
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const query = { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) };
      const { data } = await publicApi.GET(VERSIONS, { params: { path: { id }, query }, signal, ...FRESH });
      return data ?? { items: [], next_cursor: null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
}

/** The item's own words, without what the page says about them. */
export function asItem(view: PowerView): Item {
  const { id: _id, region_code: _region, level: _level, version: _version, list: _list, ...rest } = view;
  const {
    in_force: _force,
    overrides: _over,
    written_over: _seen,
    published_at: _at,
    content_sha256: _sha,
    ...more
  } = rest;
  const { source: _source, licence: _licence, ...item } = more;
  return item;
}

export const versionsAddress = (id: string): string => `/powers/${id}/versions`;

/** Instead of a number: the version of the list above that the first one was written over, */
export const ABOVE = "above";
/** and the one that stands above now. */
export const ABOVE_NOW = "above-now";
/** A version held against what stands above it now. */
export const againstAbove = (id: string, version: number): string =>
  `${versionsAddress(id)}?from=${ABOVE_NOW}&to=${version}`;
/** Where an item is written for a region, its own or over one from above. */
/** The list of a place. */
export const listAddress = (region: string): string => `/powers?region=${region}`;

export const newAddress = (region: string, list: string): string => `/powers/new?for=${region}&list=${list}`;
export const editAddress = (id: string, region: string): string => `/powers/${id}/edit?for=${region}`;
