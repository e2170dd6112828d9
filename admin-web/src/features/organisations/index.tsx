import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [{ path: "organisations", lazy: () => import("./OrganisationsPage") }];
