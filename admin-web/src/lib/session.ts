// Who is logged in, as far as this page knows. The token itself never leaves lib/api.ts.
import type { AdminComponents } from "@yidiantong/client";
import { useSyncExternalStore } from "react";

export type Staff = AdminComponents["schemas"]["StaffView"];
export type Role = AdminComponents["schemas"]["Role"];

export type Session =
  /** The page has just been opened and asks whether a session goes on. */
  | { status: "starting" }
  /** No answer came to that question. */
  | { status: "unreachable" }
  | { status: "out" }
  /** It ended by itself: whoever it was logs in over the page, and nothing typed is lost. */
  | { status: "expired"; staff: Staff }
  | { status: "in"; staff: Staff };

let session: Session = { status: "starting" };
const listeners = new Set<() => void>();

export const currentSession = (): Session => session;

export function setSession(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Over a reload too, as long as the tab: a session says who it is, and not by which name they log in. */
const NAME = "ydt-staff-name";

export function rememberUsername(staffId: string, username: string): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify([staffId, username]));
  } catch {
    // Then it is typed again.
  }
}

/** By which name somebody logged in here, where that is known. */
export function usernameOf(staffId: string): string | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    return Array.isArray(kept) && kept[0] === staffId && typeof kept[1] === "string" ? kept[1] : null;
  } catch {
    return null;
  }
}

export function forgetUsername(): void {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // What cannot be written was never kept.
  }
}

/** In every tab, until the session ends: that there is one. It is no proof of anything; the cookie is. */
const MARK = "ydt-staff-session";

export function markSession(isThere: boolean): void {
  try {
    if (isThere) localStorage.setItem(MARK, "on");
    else localStorage.removeItem(MARK);
  } catch {
    // Then the server is asked each time.
  }
}

/** Whether it is worth asking the server if a session goes on; without one it refuses, and browsers print that as an error. */
export function maySessionGoOn(): boolean {
  try {
    if (localStorage.getItem(MARK) !== null) return true;
    // What keeps nothing has forgotten nothing either.
    const probe = `${MARK}-probe`;
    localStorage.setItem(probe, "");
    localStorage.removeItem(probe);
    return false;
  } catch {
    return true;
  }
}

export function useSession(): Session {
  return useSyncExternalStore(onSession, currentSession);
}

/** Whoever is logged in; for pages that only exist behind the login. */
export function useStaff(): Staff {
  const now = useSession();
  if (now.status !== "in" && now.status !== "expired") throw new Error("this page needs somebody logged in");
  return now.staff;
}

/** As the server's table of permissions has it. It decides; this only spares people dead ends. */
export const readsComplaints = (role: Role): boolean =>
  role === "handler" || role === "triage" || role === "supervisor" || role === "auditor";
export const supervisesComplaints = (role: Role): boolean => role === "triage" || role === "supervisor";
export const readsProposals = (role: Role): boolean =>
  role === "publisher" ||
  role === "handler" ||
  role === "triage" ||
  role === "supervisor" ||
  role === "administrator";
export const filesForOthers = supervisesComplaints;
export const readsConfiguration = (role: Role): boolean =>
  role === "triage" || role === "supervisor" || role === "auditor" || role === "administrator";
export const configures = (role: Role): boolean => role === "supervisor" || role === "administrator";
export const administers = (role: Role): boolean => role === "administrator";
export const readsAudit = (role: Role): boolean => role === "auditor" || role === "administrator";
export const actsInCases = (role: Role): boolean => role === "handler" || supervisesComplaints(role);
export const readsObligations = (role: Role): boolean => role !== "handler";
export const recordsEvents = (role: Role): boolean =>
  role === "village_clerk" ||
  role === "committee_member" ||
  role === "publisher" ||
  role === "triage" ||
  role === "supervisor";
/** Whoever publishes or sorts what comes in: the posters bring people to both. */
export const printsPosters = (role: Role): boolean =>
  role === "village_clerk" || role === "publisher" || role === "triage" || role === "supervisor";
export const readsDisclosures = (role: Role): boolean =>
  role === "village_clerk" || role === "committee_member" || role === "publisher";
