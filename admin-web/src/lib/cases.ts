// What the pages about cases share: the shapes, and the questions they ask of the server.
import type { AdminComponents } from "@yidiantong/client";
import { $admin, $public } from "./api";
import { useRenewMs } from "./live";

type Schemas = AdminComponents["schemas"];
export type CaseView = Schemas["StaffComplaintView"];
export type QueueItem = Schemas["QueueItem"];
export type QueueCounts = Schemas["QueueCounts"];
export type TimerView = Schemas["TimerView"];
export type StaffEvent = Schemas["StaffEventView"];
export type ActionName = Schemas["ActionName"];
export type Light = Schemas["Light"];
export type About = Schemas["AboutView"];

const CASE = "/api/v1/admin/complaints/{id}";

export const caseQuery = (id: string) => $admin.queryOptions("get", CASE, { params: { path: { id } } });
export const eventsQuery = (id: string) =>
  $admin.queryOptions("get", `${CASE}/events`, { params: { path: { id } } });

export const useCase = (id: string) =>
  $admin.useQuery("get", CASE, { params: { path: { id } } }, { refetchInterval: useRenewMs() });
export const useEvents = (id: string) =>
  $admin.useQuery("get", `${CASE}/events`, { params: { path: { id } } }, { refetchInterval: useRenewMs() });
export const useChoices = (id: string) =>
  $admin.useQuery("get", `${CASE}/choices`, { params: { path: { id } } });

/** Names of categories in the reader's language; the code itself until they are there. */
export function useCategories() {
  const { data } = $public.useQuery("get", "/api/v1/categories", {}, { staleTime: 60 * 60_000 });
  const all = data?.categories ?? [];
  return {
    all,
    /** Those a case can have. */
    open: all.filter((category) => category.redirect == null),
    name: (code: string): string => all.find((category) => category.code === code)?.name ?? code,
  };
}

/** Units and posts of a region and those above, by id. */
export function useUnits(region: string | undefined) {
  const { data } = $public.useQuery(
    "get",
    "/api/v1/regions/{code}/organisations",
    { params: { path: { code: region ?? "" } } },
    { enabled: region !== undefined, staleTime: 60 * 60_000 },
  );
  const names = new Map<string, string>();
  for (const unit of data?.items ?? []) {
    names.set(unit.id, unit.name);
    for (const post of unit.posts) names.set(post.id, `${unit.name} ${post.title}`);
  }
  return names;
}

/** Where the public web shows what a case is about; `null` while that is not known. */
export function usePublicPlace(about: About | null | undefined, region: string): string | null {
  const disclosure = about?.type === "disclosure" ? about.id : about?.disclosure_id;
  const { data } = $public.useQuery(
    "get",
    "/api/v1/disclosures/{id}",
    { params: { path: { id: disclosure ?? "" } } },
    { enabled: disclosure != null, staleTime: 10 * 60_000 },
  );
  if (about == null) return null;
  if (about.type === "power_item") return `/v/${region}/powers/${about.id}`;
  if (about.type === "obligation") return `/v/${region}`;
  return data === undefined ? null : `/v/${region}/accounts/${data.period}`;
}
