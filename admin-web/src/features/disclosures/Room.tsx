// The way into everything about disclosures: only for those who draft, sign and publish them.
import { Outlet } from "react-router";
import { readsDisclosures, useStaff } from "../../lib/session";
import { Forbidden } from "../../ui/Forbidden";

export function Component() {
  return readsDisclosures(useStaff().role) ? <Outlet /> : <Forbidden />;
}
