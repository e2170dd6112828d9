// A demonstration's accounts with their codes of the moment; none anywhere else.
import { queryOptions } from "@tanstack/react-query";
import { demoAccounts } from "./api";

/** Who there is does not change; a code does, and is asked for when it is wanted. */
export const demoQuery = queryOptions({
  queryKey: ["demo-accounts"],
  queryFn: demoAccounts,
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
});
