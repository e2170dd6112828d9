// What the server takes as a limit's amount (openapi: `Limit`), told before anything is sent.
import type { Limit } from "../../lib/policy";

export const LEAST = 1;
export const MOST = 400;

/** A whole number of the unit from `LEAST` to `MOST`; no limit at all is none that is wrong. */
export const isAmount = (limit: Limit | null | undefined): boolean =>
  limit == null || (Number.isInteger(limit.amount) && limit.amount >= LEAST && limit.amount <= MOST);
