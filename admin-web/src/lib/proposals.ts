// What waits for a second person (contract.md 4): the questions asked of the server, and the decision.
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { AdminComponents, ProposalState } from "@yidiantong/client";
import { useState } from "react";
import { $admin, adminApi } from "./api";
import { DEAF_MS } from "./live";
import { type ApiError, asApiError } from "./problem";

type Schemas = AdminComponents["schemas"];
export type Proposal = Schemas["ProposalView"];
type ProposalPage = Schemas["ProposalPage"];

export const PROPOSALS = "/api/v1/admin/proposals";
const PAGE = 20;
/** As many as one question answers; with more waiting, the count says so. */
const MOST = 100;

export const useProposal = (id: string) =>
  $admin.useQuery("get", `${PROPOSALS}/{id}`, { params: { path: { id } } }, { refetchInterval: DEAF_MS });

/** Proposals in a state, the newest first, page after page. */
export function useProposals(state: ProposalState) {
  const query = { state, limit: PAGE };
  return useInfiniteQuery({
    queryKey: ["get", PROPOSALS, query],
    queryFn: async ({ pageParam, signal }): Promise<ProposalPage> => {
      const cursor = pageParam === null ? {} : { cursor: pageParam };
      const params = { query: { ...query, ...cursor } };
      const { data } = await adminApi.GET(PROPOSALS, { params, signal });
      return data ?? { items: [], next_cursor: null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
    refetchInterval: DEAF_MS,
  });
}

/** How many wait for this person's word. */
export function useWaitingForMe(asks: boolean): number | undefined {
  const params = { query: { state: "waiting" as const, limit: MOST } };
  const { data } = $admin.useQuery("get", PROPOSALS, { params }, { enabled: asks, refetchInterval: DEAF_MS });
  return data?.items.filter((one) => one.may_decide).length;
}

/** Says yes or no as the second person. What comes back says why it could not be, or `null`. */
export function useDecide(id: string) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const decide = async (approve: boolean, note: string): Promise<ApiError | null> => {
    setBusy(true);
    setError(null);
    const words = note.trim();
    const body = { approve, ...(words === "" ? {} : { note: words }) };
    let refused: ApiError | null = null;
    try {
      await adminApi.POST(`${PROPOSALS}/{id}/decision`, { params: { path: { id } }, body });
    } catch (thrown) {
      refused = asApiError(thrown);
      setError(refused);
    } finally {
      setBusy(false);
    }
    // Yes changes a case, a policy, a calendar, a zone; a refusal to take it may mean that others were faster.
    if (refused === null || refused.status === 409 || refused.status === 404) {
      await queries.invalidateQueries();
    }
    return refused;
  };
  return { decide, busy, error };
}
