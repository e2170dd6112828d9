import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [{ path: "proposals", lazy: () => import("./ListPage") }];
