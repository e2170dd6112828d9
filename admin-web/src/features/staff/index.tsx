import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [{ path: "staff", lazy: () => import("./StaffPage") }];
