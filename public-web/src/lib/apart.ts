// What the pages and the service worker must agree on: plain values, bundled into both.

/** The first parts of this web's own pages; the worker answers these, and these alone, with the kept shell. */
export const PAGES: readonly string[] = ["new", "receipt", "mine", "help", "privacy", "a11y", "v"];

/** Stands in an answer that the worker had kept: since when (RFC 3339). */
export const KEPT_SINCE = "X-Ydt-Kept";

export const SHELL_CACHE = "ydt-shell-";
export const READING_CACHE = "ydt-reading-1";
/** Every cache of this web begins so. */
export const CACHES = "ydt-";

export type ToWorker =
  /** The reader asked for the new version. */
  | { ydt: "take over" }
  /** Everything kept is to go; answered through the port. */
  | { ydt: "forget" }
  /** What was read before the worker was there: addresses, in one language. */
  | { ydt: "remember"; language: string; urls: readonly string[] }
  /** What must be there without a line even if nobody has read it before. */
  | { ydt: "have ready"; language: string; urls: readonly string[] };

/** What was shown from the kept answers has come from the server after all. */
export type FromWorker = { ydt: "fresh" };

/** Whether a path is one of this web's pages. */
export const isPage = (path: string): boolean => path === "/" || PAGES.includes(path.split("/")[1] ?? "");

/** Pages that show what somebody writes or has written: a way out is in reach there. */
export const isPersonal = (path: string): boolean => /^\/(new|receipt|mine)(\/|$)/.test(path);
