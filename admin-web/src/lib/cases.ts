// What the pages about cases share: the shapes, and the questions they ask of the server.
import { useQuery } from "@tanstack/react-query";
import type { AdminComponents, PublicComponents } from "@yidiantong/client";
import { $admin, $public, publicApi } from "./api";
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
type Published = PublicComponents["schemas"];
export type PublicLine = Published["DisclosureLine"] | Published["TableLine"];

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

/** Units and posts of a region and those above, by id; those that were closed too, because old cases name them. */
export function useUnits(region: string | undefined) {
  const { data } = $public.useQuery(
    "get",
    "/api/v1/regions/{code}/organisations",
    { params: { path: { code: region ?? "" }, query: { closed: true } } },
    { enabled: region !== undefined, staleTime: 60 * 60_000 },
  );
  const names = new Map<string, string>();
  for (const unit of data?.items ?? []) {
    names.set(unit.id, unit.name);
    for (const post of unit.posts) names.set(post.id, `${unit.name} ${post.title}`);
  }
  return names;
}

export const isLedgerLine = (line: PublicLine): line is Published["DisclosureLine"] => "income_fen" in line;

/** What is published changes seldom. */
const PUBLISHED_MS = 10 * 60_000;

const usePublished = (disclosure: string | null | undefined) =>
  $public.useQuery(
    "get",
    "/api/v1/disclosures/{id}",
    { params: { path: { id: disclosure ?? "" } } },
    { enabled: disclosure != null, staleTime: PUBLISHED_MS },
  );

/** The ledger or table that something is about or stands in. */
const disclosureOf = (about: About | null | undefined) =>
  about?.type === "disclosure" ? about.id : about?.disclosure_id;

/** Turns the pages of one version until the line with that number; `null` when there is none. */
export async function lineOf(
  no: number,
  page: (cursor: string | null) => Promise<{ items: readonly PublicLine[]; next_cursor?: string | null }>,
): Promise<PublicLine | null> {
  for (let cursor: string | null = null; ; ) {
    const { items, next_cursor } = await page(cursor);
    const found = items.find((line) => line.no === no);
    if (found !== undefined) return found;
    // They stand in the order of their numbers.
    if (next_cursor == null || (items.at(-1)?.no ?? 0) > no) return null;
    cursor = next_cursor;
  }
}

/** A line as it stood in the version complained about, and the version that is public now. */
export function useAboutLine(about: About): { line: PublicLine | undefined; latest: number | undefined } {
  const { version, no } = about;
  const id = disclosureOf(about);
  const latest = usePublished(id).data?.version;
  const { data } = useQuery({
    queryKey: ["line", id, version, no],
    enabled: id != null && no != null,
    staleTime: PUBLISHED_MS,
    queryFn: ({ signal }) =>
      lineOf(no ?? 0, async (cursor) => {
        const query = { version, limit: 100, ...(cursor === null ? {} : { cursor }) };
        const params = { path: { id: id ?? "" }, query };
        const { data } = await publicApi.GET("/api/v1/disclosures/{id}/lines", { params, signal });
        return data ?? { items: [] };
      }),
  });
  return { line: data ?? undefined, latest };
}

/** Where the public web shows what a case is about; `null` while that is not known. */
export function usePublicPlace(about: About | null | undefined, region: string): string | null {
  const { data } = usePublished(disclosureOf(about));
  if (about == null) return null;
  if (about.type === "power_item") return `/v/${region}/powers/${about.id}`;
  if (about.type === "obligation") return `/v/${region}`;
  return data === undefined ? null : `/v/${region}/accounts/${data.period}`;
}
