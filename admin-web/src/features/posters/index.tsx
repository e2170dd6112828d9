import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [{ path: "posters", lazy: () => import("./PostersPage") }];
