// What the pages of this room ask the server for.

import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AdminComponents, PublicComponents } from "@yidiantong/client";
import { useCallback, useMemo } from "react";
import { adminApi, publicApi, type Sent, telling } from "../../lib/api";
import { useLanguage } from "../../lib/i18n";
import { type Role, useStaff } from "../../lib/session";
import type { Columns } from "./columns";

type Schemas = AdminComponents["schemas"];
export type Disclosure = Schemas["StaffDisclosure"];
export type DisclosureState = Schemas["DisclosureState"];
export type Kind = Schemas["DisclosureKind"];
export type Line = Schemas["DisclosureLine"];
export type TableLine = Schemas["TableLine"];
export type Column = PublicComponents["schemas"]["TableColumn"];
type AnyLine = Schemas["AnyLine"];
export type Preview = Schemas["DisclosurePreview"];
export type CellProblem = Schemas["CellProblem"];

interface Page<Item> {
  items: Item[];
  next_cursor?: string | null;
}

export interface Village {
  code: string;
  name: string;
}

export const ROOM = "disclosures";
const PAGE = 50;
const DAY_MS = 86_400_000;

/** As the server's table of permissions has it; the server decides. */
export const drafts = (role: Role): boolean => role === "village_clerk" || role === "publisher";

/** A line of a ledger; every other kind has rows of cells. */
export const isLedgerLine = (line: AnyLine): line is Line => "income_fen" in line;
export const isTableLine = (line: AnyLine): line is TableLine => "cells" in line;

const isVillage = (code: string): boolean => !code.endsWith("000");

/** An answer's body; openapi-fetch leaves it open, but our `send` throws for everything else. */
export function body<T>(answer: { data?: T }): T {
  if (answer.data === undefined) throw new Error("an answer without a body");
  return answer.data;
}

const items = <Item>(data: InfiniteData<Page<Item>>): Item[] => data.pages.flatMap((page) => page.items);

/** The villages this person works for: one's own, or those of one's township. */
export function useVillages() {
  const { region_code: region } = useStaff();
  const language = useLanguage();
  return useQuery({
    queryKey: ["regions", region, language],
    queryFn: async ({ signal }): Promise<Village[]> => {
      if (isVillage(region)) {
        const path = { code: region };
        const one = await publicApi.GET("/api/v1/regions/{code}", { params: { path }, signal });
        return [{ code: region, name: body(one).short_name }];
      }
      const found: Village[] = [];
      let cursor: string | undefined;
      do {
        const query = { parent: region, limit: 100, ...(cursor === undefined ? {} : { cursor }) };
        const page = body(await publicApi.GET("/api/v1/regions", { params: { query }, signal }));
        found.push(...page.items.map(({ code, short_name }) => ({ code, name: short_name })));
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      return found;
    },
    staleTime: DAY_MS,
  });
}

/** The name of a village by its code, or the code while names are on their way. */
export function useVillageName(): (code: string) => string {
  const { data } = useVillages();
  return useMemo(() => {
    const names = new Map(data?.map(({ code, name }) => [code, name]));
    return (code: string) => names.get(code) ?? code;
  }, [data]);
}

export interface ListFilter {
  region: string | null;
  state: DisclosureState | null;
}

export function useDisclosures({ region, state }: ListFilter, enabled = true) {
  return useInfiniteQuery({
    queryKey: [ROOM, "list", region, state],
    queryFn: async ({ pageParam, signal }): Promise<Page<Disclosure>> => {
      const query = {
        limit: PAGE,
        ...(region === null ? {} : { region }),
        ...(state === null ? {} : { state }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      };
      return body(await adminApi.GET("/api/v1/admin/disclosures", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor ?? null,
    select: items,
    enabled,
  });
}

export function useDisclosure(id: string) {
  return useQuery({
    queryKey: [ROOM, "one", id],
    queryFn: async ({ signal }): Promise<Disclosure> => {
      const params = { path: { id } };
      return body(await adminApi.GET("/api/v1/admin/disclosures/{id}", { params, signal }));
    },
  });
}

/** The lines of a version; of the present one when none is named. */
export function useLines(id: string, version?: number) {
  const language = useLanguage();
  return useInfiniteQuery({
    queryKey: [ROOM, "lines", id, version, language],
    queryFn: async ({ pageParam, signal }): Promise<Page<AnyLine>> => {
      const query = {
        limit: PAGE,
        ...(version === undefined ? {} : { version }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      };
      const params = { path: { id }, query };
      return body(await adminApi.GET("/api/v1/admin/disclosures/{id}/lines", { params, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor ?? null,
    select: items,
  });
}

/** The columns of a kind's table, in the reader's language; none of a ledger. */
export function useColumns(kind: Kind) {
  const language = useLanguage();
  return useQuery({
    queryKey: ["layouts", language],
    queryFn: async ({ signal }) => body(await publicApi.GET("/api/v1/disclosures/layouts", { signal })).items,
    select: (layouts): Column[] => layouts.find((layout) => layout.kind === kind)?.columns ?? [],
    staleTime: DAY_MS,
  });
}

/** Has everything of this room asked for anew. */
export function useForget(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: [ROOM] }), [queries]);
}

export interface Upload {
  file: File;
  region: string;
  kind: Kind;
  period: string;
  opening: string | null;
  closing: string | null;
  /** Which column is which, where somebody matched them. */
  columns: Columns | null;
}

interface Watch {
  signal: AbortSignal;
  onSent: (sent: Sent) => void;
}

/** Whether a ledger says nowhere what it begins or ends with. */
export const lacksBalances = ({ errors }: Preview): boolean =>
  errors.some(({ code, column }) => code === "pair_missing" && column.endsWith("余额(元)"));

/** A sheet as both ways of checking it are asked. */
function asked({ file, region, kind, period, opening, closing, columns }: Upload) {
  const query = {
    ...(opening === null ? {} : { opening }),
    ...(closing === null ? {} : { closing }),
  };
  const form = {
    file: file.name,
    region_code: region,
    kind,
    period,
    ...(columns === null ? {} : { columns: JSON.stringify(columns) }),
  };
  return {
    params: { query },
    body: form,
    bodySerializer() {
      const data = new FormData();
      for (const [name, value] of Object.entries({ ...form, file })) data.append(name, value);
      return data;
    },
  };
}

export async function preview(upload: Upload, watch?: Watch): Promise<Preview> {
  const told = watch === undefined ? {} : { signal: watch.signal, fetch: telling(watch.onSent) };
  return body(await adminApi.POST("/api/v1/admin/disclosures/preview", { ...asked(upload), ...told }));
}

/** The same sheet with its bad cells marked. */
export async function markedSheet(upload: Upload): Promise<Blob> {
  const path = "/api/v1/admin/disclosures/preview/marked";
  const { data } = await adminApi.POST(path, { ...asked(upload), parseAs: "blob" });
  return data as unknown as Blob;
}

/** What is published as it was handed in, with names in full: a workbook to correct. */
export async function savedSheet(id: string): Promise<Blob> {
  const params = { path: { id, format: "xlsx" } };
  const path = "/api/v1/admin/disclosures/{id}/export.{format}";
  const { data } = await adminApi.GET(path, { params, parseAs: "blob" });
  return data as unknown as Blob;
}

export async function makeDraft(previewId: string): Promise<Disclosure> {
  return body(await adminApi.POST("/api/v1/admin/disclosures", { body: { preview_id: previewId } }));
}

export type Step =
  | { action: "sign"; note: string | null; paper_file?: string }
  | { action: "publish" }
  | { action: "drop_correction" }
  | { action: "correct"; preview_id: string; reason: string }
  | { action: "withdraw"; reason: string; personal_data?: boolean };

export type Proposed = Schemas["ProposedView"];
export type Version = Schemas["DisclosureVersion"];

/** Does something to the edition that was seen; some of it waits for a second person. */
export async function act({ id, edition }: Disclosure, step: Step): Promise<Disclosure | Proposed> {
  const params = { path: { id }, header: { "If-Match": `"${edition}"` } };
  return body(await adminApi.POST("/api/v1/admin/disclosures/{id}/actions", { params, body: step }));
}

export const isProposed = (answer: Disclosure | Proposed): answer is Proposed => "proposal_id" in answer;

/** Uploads a photo; what it is used with. */
export async function uploadPhoto(file: File): Promise<string> {
  const answer = await publicApi.POST("/api/v1/attachments", {
    body: { file: file.name },
    bodySerializer() {
      const data = new FormData();
      data.append("file", file);
      return data;
    },
  });
  return body(answer).token;
}

/** The photo of the sheet that the committee signed. */
export async function readPaper(id: string, version: number): Promise<Blob> {
  const { data } = await adminApi.GET("/api/v1/admin/disclosures/{id}/versions/{version}/paper", {
    params: { path: { id, version } },
    parseAs: "blob",
  });
  return data as unknown as Blob;
}

export function useVersions(id: string) {
  return useQuery({
    queryKey: [ROOM, "versions", id],
    queryFn: async ({ signal }): Promise<Version[]> => {
      const params = { path: { id } };
      return body(await adminApi.GET("/api/v1/admin/disclosures/{id}/versions", { params, signal })).items;
    },
  });
}

/** Where villagers read it. */
export const publicPage = ({ id, kind, region_code, period }: Disclosure): string =>
  kind === "ledger" ? `/v/${region_code}/accounts/${period}` : `/v/${region_code}/tables/${id}`;

export const templateOf = (kind: Kind): string => `/api/v1/disclosures/templates/${kind}.xlsx`;

/** The months a ledger may be of, the latest first: this one and the year before it. */
export function months(today: string, count = 13): string[] {
  const [year = 1970, month = 1] = today.split("-").map(Number);
  return Array.from({ length: count }, (_, back) => {
    const at = year * 12 + (month - 1) - back;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  });
}

/** The periods of a year that a table may be of: its quarters and itself, of this year and the one before. */
export function longer(today: string): string[] {
  const year = Number(today.slice(0, 4));
  return [year, year - 1].flatMap((each) => [
    ...[4, 3, 2, 1].map((quarter) => `${each}-Q${quarter}`),
    String(each),
  ]);
}

/** `2026-11` on 2026-12-03: what is being published now is the month that has ended. */
export const lastMonth = (today: string): string => months(today, 2)[1] ?? today.slice(0, 7);
