import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [{ path: "relations", lazy: () => import("./RelationsPage") }];
