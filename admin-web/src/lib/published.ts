// Where everybody reads what was published.
import { $public } from "./api";

/** What is published changes seldom. */
const PUBLISHED_MS = 10 * 60_000;

/** The public page of a table; `null` without one, or while that is not known. */
export function usePublishedPage(id: string | null): string | null {
  const { data } = $public.useQuery(
    "get",
    "/api/v1/disclosures/{id}",
    { params: { path: { id: id ?? "" } } },
    { enabled: id !== null, staleTime: PUBLISHED_MS, retry: false },
  );
  if (data === undefined) return null;
  return data.kind === "ledger"
    ? `/v/${data.region_code}/accounts/${data.period}`
    : `/v/${data.region_code}/tables/${data.id}`;
}
