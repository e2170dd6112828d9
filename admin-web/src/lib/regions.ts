// Places by name: what staff choose from, and what a code is called.
import type { PublicComponents } from "@yidiantong/client";
import { $public } from "./api";

export type Region = PublicComponents["schemas"]["RegionView"];
export type Unit = PublicComponents["schemas"]["OrganisationView"];

const LONG_MS = 60 * 60_000;
/** More than any township has villages, or county townships. */
const MOST = 100;

/** The places directly inside one. */
export const useChildren = (parent: string | null) =>
  $public.useQuery(
    "get",
    "/api/v1/regions",
    { params: { query: { parent: parent ?? "", limit: MOST } } },
    { enabled: parent !== null, staleTime: LONG_MS },
  );

export const useRegion = (code: string | null) =>
  $public.useQuery(
    "get",
    "/api/v1/regions/{code}",
    { params: { path: { code: code ?? "" } } },
    { enabled: code !== null, staleTime: LONG_MS },
  );

/** Places whose name, part of it or initials match. */
export const useRegionSearch = (q: string) =>
  $public.useQuery(
    "get",
    "/api/v1/regions",
    { params: { query: { q, limit: 50 } } },
    { enabled: q !== "", staleTime: LONG_MS },
  );

/** Units of a place and those above it, with their posts. */
export const useOrganisations = (region: string | null) =>
  $public.useQuery(
    "get",
    "/api/v1/regions/{code}/organisations",
    { params: { path: { code: region ?? "" } } },
    { enabled: region !== null, staleTime: LONG_MS },
  );

/** The county a code lies in, or `null` above a county. */
export const countyOf = (code: string): string | null =>
  code.slice(4, 6) === "00" ? null : `${code.slice(0, 6)}000000`;

/** What a code covers is its part before the zeros that end it, by whole levels. */
export function covers(outer: string, inner: string): boolean {
  const levels = [2, 4, 6, 9, 12];
  const end = levels.find((at) => /^0*$/.test(outer.slice(at))) ?? outer.length;
  return inner.startsWith(outer.slice(0, end));
}
