import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [{ path: "calendars", lazy: () => import("./CalendarsPage") }];
