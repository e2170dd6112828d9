import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [{ path: "exports", lazy: () => import("./ExportsPage") }];
