// The units of one region with who holds their posts, for those who administer it.
import { useInfiniteQuery } from "@tanstack/react-query";
import type { AdminComponents } from "@yidiantong/client";
import { adminApi } from "./api";

export type AdminUnit = AdminComponents["schemas"]["AdminOrganisation"];
export type Holding = AdminComponents["schemas"]["PostHolding"];

const PATH = "/api/v1/admin/organisations";
/** More than any region has. */
const MOST = 100;

export function useAdminUnits(region: string) {
  return useInfiniteQuery({
    queryKey: ["get", PATH, region],
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        region_code: region,
        limit: MOST,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      };
      const { data } = await adminApi.GET(PATH, { params: { query }, signal });
      return data ?? { items: [], next_cursor: null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
}
