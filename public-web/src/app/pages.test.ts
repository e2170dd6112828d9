import { expect, test, vi } from "vitest";
import { isPage, isPersonal } from "../lib/apart";

vi.stubGlobal("location", { pathname: "/", search: "", href: "http://localhost/" });

// A page that the service worker does not know could not be opened without a line, and nobody would notice with one.
test("the service worker knows every page there is", async () => {
  const { pages } = await import("./pages");
  for (const { path } of pages) {
    if (path !== "/*") expect(isPage(path), path).toBe(true);
  }
  for (const path of ["/admin/", "/api/docs", "/log/checkpoint", "/sw.js", "/newer"]) {
    expect(isPage(path), path).toBe(false);
  }
});

test("a way out stands where somebody writes or follows a case, and nowhere else", () => {
  expect(["/new", "/new/check", "/receipt", "/mine"].every(isPersonal)).toBe(true);
  expect(["/", "/v/230104111204", "/help", "/news"].some(isPersonal)).toBe(false);
});
