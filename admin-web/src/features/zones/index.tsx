import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [{ path: "zones", lazy: () => import("./ZonesPage") }];
