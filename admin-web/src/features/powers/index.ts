import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "powers", lazy: () => import("./PowersPage") },
  { path: "powers/new", lazy: () => import("./NewPage") },
  { path: "powers/:id/edit", lazy: () => import("./EditPage") },
  { path: "powers/:id/versions", lazy: () => import("./VersionsPage") },
  { path: "powers/drafts/:id", lazy: () => import("./DraftPage") },
];
