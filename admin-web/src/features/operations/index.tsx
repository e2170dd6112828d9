import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "audit", lazy: () => import("./AuditPage") },
  { path: "dead-letters", lazy: () => import("./LettersPage") },
  { path: "posts", lazy: () => import("./PostsPage") },
];
