import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "powers", lazy: () => import("./PowersPage") },
  { path: "powers/drafts/:id", lazy: () => import("./DraftPage") },
];
