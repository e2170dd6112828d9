import type { RouteObject } from "react-router";

/** The pages of the disclosures, below `/`. */
export const routes: RouteObject[] = [];
