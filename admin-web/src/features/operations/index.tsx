import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "dead-letters", lazy: () => import("./LettersPage") },
  { path: "posts", lazy: () => import("./PostsPage") },
];
