// The public reads that more than one page needs, each under one name, so that they are shared.
import type { PublicComponents } from "@yidiantong/client";
import { read } from "./api";

type Schemas = PublicComponents["schemas"];
export type Region = Schemas["RegionDetail"];
export type RegionRow = Schemas["RegionView"];
export type Disclosure = Schemas["Disclosure"];
export type DisclosureDetail = Schemas["DisclosureDetail"];
export type Disclosures = Schemas["Page_Disclosure"];
export type PowerRow = Schemas["PowerSummary"];
export type Powers = Schemas["Page_PowerSummary"];
export type Categories = Schemas["CategoriesView"];
export type Obligations = Schemas["ObligationsView"];
export type ObligationStatus = Schemas["ObligationStatus"];
export type Obligation = Schemas["ObligationView"];
export type Organisations = Schemas["Organisations"];

type Read<T> = T | Promise<T>;

const MOST = 100;

export const readRegion = (code: string): Read<Region> =>
  read(
    `region ${code}`,
    (api, signal) => api.GET("/api/v1/regions/{code}", { params: { path: { code } }, signal }),
    true,
  );

/** The published ledgers of a village, the newest first. */
export const readDisclosures = (code: string, limit = MOST): Read<Disclosures> =>
  read(`disclosures ${code} ${limit}`, (api, signal) =>
    api.GET("/api/v1/regions/{code}/disclosures", {
      params: { path: { code }, query: { kind: "ledger", limit } },
      signal,
    }),
  );

/** What a village has published of every kind, the newest period first. */
export const readTables = (code: string): Read<Disclosures> =>
  read(`tables ${code}`, (api, signal) =>
    api.GET("/api/v1/regions/{code}/disclosures", {
      params: { path: { code }, query: { limit: MOST } },
      signal,
    }),
  );

export const readPowers = (code: string, limit = MOST): Read<Powers> =>
  read(`powers ${code} ${limit}`, (api, signal) =>
    api.GET("/api/v1/regions/{code}/powers", { params: { path: { code }, query: { limit } }, signal }),
  );

/** The list of duties, or of bans. */
export const readOtherPowers = (code: string, list: "duty" | "negative"): Read<Powers> =>
  read(`powers ${code} ${list}`, (api, signal) =>
    api.GET("/api/v1/regions/{code}/powers", {
      params: { path: { code }, query: { list, limit: MOST } },
      signal,
    }),
  );

/** What a region had to publish and stands like this, with how many stand how; twenty at a time. */
export const readObligations = (
  code: string,
  status: ObligationStatus,
  cursor: string | null = null,
): Read<Obligations> =>
  read(`${status} ${code} ${cursor ?? ""}`, (api, signal) =>
    api.GET("/api/v1/regions/{code}/obligations", {
      params: { path: { code }, query: { status, limit: 20, ...(cursor === null ? {} : { cursor }) } },
      signal,
    }),
  );

export const readCategories = (): Read<Categories> =>
  read("categories", (api, signal) => api.GET("/api/v1/categories", { signal }));

/** The units and posts of a region and of those above it. */
export const readOrganisations = (code: string): Read<Organisations> =>
  read(`organisations ${code}`, (api, signal) =>
    api.GET("/api/v1/regions/{code}/organisations", { params: { path: { code } }, signal }),
  );

/** One ledger with its sums by account. */
export const readDisclosure = (id: string): Read<DisclosureDetail> =>
  read(`disclosure ${id}`, (api, signal) =>
    api.GET("/api/v1/disclosures/{id}", { params: { path: { id } }, signal }),
  );

export type Version = Schemas["DisclosureVersion"];
export type Versions = Schemas["Page_DisclosureVersion"];

/** Every version of a ledger, the newest first, with what it changed. */
export const readVersions = (id: string): Read<Versions> =>
  read(`versions ${id}`, (api, signal) =>
    api.GET("/api/v1/disclosures/{id}/versions", { params: { path: { id } }, signal }),
  );

export type Line = Schemas["DisclosureLine"];
export type TableLine = Schemas["TableLine"];
export type TableColumn = Schemas["TableColumn"];
export type Cell = Schemas["Cell"];
export type Lines = Schemas["Page_AnyLine"];

/** A line of a ledger; every other kind has rows of cells. */
export const isLedgerLine = (line: Schemas["AnyLine"]): line is Line => "income_fen" in line;
export const isTableLine = (line: Schemas["AnyLine"]): line is TableLine => "cells" in line;

export const readLines = (id: string, cursor: string | null, limit = 20): Read<Lines> =>
  read(`lines ${id} ${limit} ${cursor ?? ""}`, (api, signal) =>
    api.GET("/api/v1/disclosures/{id}/lines", {
      params: { path: { id }, query: { limit, ...(cursor === null ? {} : { cursor }) } },
      signal,
    }),
  );

/** Every line, for paper. */
export async function readAllLines(id: string): Promise<Lines["items"]> {
  const all: Lines["items"] = [];
  let cursor: string | null = null;
  do {
    const page: Lines = await readLines(id, cursor, MOST);
    all.push(...page.items);
    cursor = page.next_cursor ?? null;
  } while (cursor !== null);
  return all;
}

export type Questions = Schemas["QuestionPage"];

/** What was answered to everybody about one thing published in a village. */
export const readAnswersAbout = (code: string, about: string): Read<Questions> =>
  read(`answers ${code} ${about}`, (api, signal) =>
    api.GET("/api/v1/regions/{code}/questions", {
      params: { path: { code }, query: { about, limit: MOST } },
      signal,
    }),
  );

/** What was answered to everybody in a region and below, the newest first, twenty at a time. */
export const readAnswersIn = (code: string, cursor: string | null): Read<Questions> =>
  read(`answers in ${code} ${cursor ?? ""}`, (api, signal) =>
    api.GET("/api/v1/regions/{code}/questions", {
      params: { path: { code }, query: { limit: 20, ...(cursor === null ? {} : { cursor }) } },
      signal,
    }),
  );

export type Stats = Schemas["StatsView"];
export type StatsRow = Schemas["StatsRow"];

/** What happened in a closed month or quarter, of a county or a township. */
export const readStats = (region: string, period: string): Read<Stats> =>
  read(`stats ${region} ${period}`, (api, signal) =>
    api.GET("/api/v1/stats", { params: { query: { region, period } }, signal }),
  );

/** The case clock: periods are closed by it, whatever the phone's clock says. */
export const readTime = (): Read<Schemas["TimeView"]> =>
  read("time", (api, signal) => api.GET("/api/v1/time", { signal }));

export type Power = Schemas["PowerView"];

export const readPower = (id: string): Read<Power> =>
  read(`power ${id}`, (api, signal) => api.GET("/api/v1/powers/{id}", { params: { path: { id } }, signal }));

export type PowerVersions = Schemas["Page_PowerVersion"];

/** What changed from version to version, the newest first. */
export const readPowerVersions = (id: string): Read<PowerVersions> =>
  read(`power versions ${id}`, (api, signal) =>
    api.GET("/api/v1/powers/{id}/versions", { params: { path: { id } }, signal }),
  );

export type Regions = Schemas["Page_RegionView"];

/** Where a search by place begins: the counties, or, when they are too many for one list, the cities, or the provinces. */
export async function readTopRegions(): Promise<Regions> {
  for (const level of ["county", "city"] as const) {
    const found = await readRegions(level, { level, limit: MOST });
    if (!found.next_cursor) return found;
  }
  return readRegions("provinces", { level: "province", limit: MOST });
}

export const readRegionsIn = (parent: string): Read<Regions> =>
  readRegions(`in ${parent}`, { parent, limit: MOST });

export const findVillages = (q: string): Read<Regions> =>
  readRegions(`like ${q}`, { q, level: "village", limit: 20 });

interface RegionsQuery {
  parent?: string;
  q?: string;
  level?: RegionRow["level"];
  limit: number;
}

const readRegions = (key: string, query: RegionsQuery): Read<Regions> =>
  read(`regions ${key}`, (api, signal) => api.GET("/api/v1/regions", { params: { query }, signal }));

export type Policy = Schemas["PolicyView"];

/** How long each stage may take in a region, and who is told when. */
export const readPolicy = (region: string): Read<Policy> =>
  read(`policy ${region}`, (api, signal) =>
    api.GET("/api/v1/policies/current", { params: { query: { region } }, signal }),
  );
