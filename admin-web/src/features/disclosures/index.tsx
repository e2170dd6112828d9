import type { RouteObject } from "react-router";

/** The pages of the disclosures, below `/`. */
export const routes: RouteObject[] = [
  {
    path: "disclosures",
    lazy: () => import("./Room"),
    children: [
      { index: true, lazy: () => import("./ListPage") },
      { path: "new", lazy: () => import("./UploadPage") },
      { path: ":id", lazy: () => import("./DetailPage") },
      { path: ":id/correct", lazy: () => import("./CorrectPage") },
      { path: ":id/vouchers", lazy: () => import("./VouchersPage") },
      { path: ":id/vouchers/:voucherId", lazy: () => import("./VoucherPage") },
    ],
  },
];
