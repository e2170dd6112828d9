import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "obligations", lazy: () => import("./ObligationsPage") },
  { path: "catalogue", lazy: () => import("./CataloguePage") },
];
