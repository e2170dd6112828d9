import { useInfiniteQuery } from "@tanstack/react-query";
import type { AdminComponents } from "@yidiantong/client";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { $admin, adminApi } from "../../lib/api";
import type { QueueItem } from "../../lib/cases";
import { useRenewMs } from "../../lib/live";
import { useStaff } from "../../lib/session";
import { asQuery, type Filters, readFilters, writeFilters } from "./filters";

type QueuePage = AdminComponents["schemas"]["QueuePage"];

const QUEUE = "/api/v1/admin/complaints";
const PAGE = 100;

export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => readFilters(params), [params]);
  const change = (next: Partial<Filters>) =>
    setParams(new URLSearchParams(writeFilters({ ...filters, ...next })), { replace: true });
  return [filters, change];
}

/** The rows, page after page; all loaded pages are asked for again, so that one keeps one's place. */
export function useQueue(filters: Filters) {
  const me = useStaff().id;
  const renew = useRenewMs();
  const query = { ...asQuery(filters, me), limit: PAGE };
  const found = useInfiniteQuery({
    queryKey: ["get", QUEUE, query],
    queryFn: async ({ pageParam, signal }): Promise<QueuePage> => {
      const cursor = pageParam === null ? {} : { cursor: pageParam };
      const { data } = await adminApi.GET(QUEUE, { params: { query: { ...query, ...cursor } }, signal });
      return data ?? { items: [], next_cursor: null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: renew,
  });
  const items = useMemo(() => unique(found.data?.pages.flatMap((page) => page.items) ?? []), [found.data]);
  return { ...found, items };
}

/** A case that moved while pages were fetched may stand on two of them. */
function unique(items: readonly QueueItem[]): QueueItem[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

/** How many there are of each light, whatever light is chosen. */
export function useCounts(filters: Filters, asks = true) {
  const me = useStaff().id;
  const query = asQuery({ ...filters, light: null }, me);
  const options = { refetchInterval: useRenewMs(), enabled: asks };
  return $admin.useQuery("get", `${QUEUE}/counts`, { params: { query } }, options);
}
