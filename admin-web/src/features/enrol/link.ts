// The one-time link that this tab was opened with. It stands behind the `#` of the address, so that no server ever logs
// it, and leaves the address at once. The tab's own storage keeps it until it is used up: a phone that opens its
// authenticator may drop the page meanwhile, and what was scanned must be good when it comes back.
import type { EnrolLink } from "../../lib/api";

const KEPT = "ydt-enrol";

/** Also without storage a page that is drawn twice has it. */
let held: EnrolLink | null = null;

function kept(): EnrolLink | null {
  try {
    const [token, device] = sessionStorage.getItem(KEPT)?.split(" ") ?? [];
    return token && device ? { token, device } : held;
  } catch {
    return held;
  }
}

function keep(link: EnrolLink): void {
  held = link;
  try {
    sessionStorage.setItem(KEPT, `${link.token} ${link.device}`);
  } catch {
    // Then a page that is loaded again asks for the link once more.
  }
}

/** Which device this is, as nobody else can guess. */
const newDevice = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );

/** The link in the address, or the one that this tab had; `null` without. */
export function takeLink(): EnrolLink | null {
  const token = new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "";
  const before = kept();
  if (token === "") return before;
  window.history.replaceState(window.history.state, "", window.location.pathname);
  const link = before?.token === token ? before : { token, device: newDevice() };
  keep(link);
  return link;
}

/** It is used up, or worth nothing. */
export function forgetLink(): void {
  held = null;
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // What cannot be written was never kept.
  }
}
