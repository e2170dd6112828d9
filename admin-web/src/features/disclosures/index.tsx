import type { RouteObject } from "react-router";

/** The pages of the disclosures, below `/`. */
export const routes: RouteObject[] = [
  { path: "disclosures", lazy: () => import("./ListPage") },
  { path: "disclosures/new", lazy: () => import("./UploadPage") },
  { path: "disclosures/:id", lazy: () => import("./DetailPage") },
  { path: "disclosures/:id/vouchers", lazy: () => import("./VouchersPage") },
  { path: "disclosures/:id/vouchers/:voucherId", lazy: () => import("./VoucherPage") },
];
