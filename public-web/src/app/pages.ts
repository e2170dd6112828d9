// Which page answers which path. Home comes with the first load; every other page is a chunk of its own.
import { exec } from "preact-iso/router";
import { HomePage } from "../features/home/HomePage";
import { type LazyPage, lazyPage } from "./lazy";

const home: LazyPage = { Page: HomePage, preload: () => Promise.resolve() };
const notFound = lazyPage(() => import("../features/help/NotFoundPage"));

export const pages: readonly { path: string; page: LazyPage }[] = [
  { path: "/", page: lazyPage(() => import("../features/find")) },
  { path: "/v/:village", page: home },
  { path: "/v/:village/accounts/:month?", page: lazyPage(() => import("../features/accounts")) },
  { path: "/v/:village/tables/:id?", page: lazyPage(() => import("../features/tables")) },
  { path: "/v/:village/powers", page: lazyPage(() => import("../features/powers/ListPage")) },
  { path: "/v/:village/powers/:id", page: lazyPage(() => import("../features/powers/ItemPage")) },
  { path: "/v/:village/obligations/:area?", page: lazyPage(() => import("../features/obligations")) },
  { path: "/v/:village/answers/:area?", page: lazyPage(() => import("../features/answers")) },
  { path: "/v/:village/stats/:area?/:period?", page: lazyPage(() => import("../features/stats")) },
  { path: "/v/:village/print/poster", page: lazyPage(() => import("../features/poster")) },
  { path: "/v/:village/print/accounts/:id", page: lazyPage(() => import("../features/accounts/PrintPage")) },
  { path: "/v/:village/print/tables/:id", page: lazyPage(() => import("../features/tables/PrintPage")) },
  { path: "/v/:village/print/powers", page: lazyPage(() => import("../features/powers/PrintListPage")) },
  { path: "/v/:village/print/powers/:id", page: lazyPage(() => import("../features/powers/PrintItemPage")) },
  { path: "/new/:step?", page: lazyPage(() => import("../features/filing")) },
  { path: "/receipt", page: lazyPage(() => import("../features/receipt")) },
  { path: "/mine", page: lazyPage(() => import("../features/mine")) },
  { path: "/help", page: lazyPage(() => import("../features/help/HelpPage")) },
  { path: "/privacy", page: lazyPage(() => import("../features/help/PrivacyPage")) },
  { path: "/a11y", page: lazyPage(() => import("../features/help/A11yPage")) },
  { path: "/*", page: notFound },
];

export function pageFor(path: string): LazyPage {
  return pages.find((each) => exec(path, each.path) !== undefined)?.page ?? notFound;
}
