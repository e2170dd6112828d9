// The service worker: the web without a line. It answers pages and files of this web from one build, and public
// reading from what was read; everything else, and everything personal, it never touches. It sends nothing by itself.
import { CACHES, isPage, type ToWorker } from "../src/lib/apart";
import { haveReady, isReading, reading, remember, throwAway } from "./reading";
import { scope } from "./scope";
import { asset, dropOldVersions, install, shell } from "./shell";

scope.addEventListener("install", (event) => event.waitUntil(install()));

scope.addEventListener("activate", (event) => {
  // The first worker takes on the page that brought it; a later one comes only when it is asked, or alone.
  event.waitUntil(dropOldVersions().then(() => scope.clients.claim()));
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== scope.location.origin) return;
  if (request.mode === "navigate") {
    if (isPage(url.pathname)) event.respondWith(shell(request));
  } else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (isReading(request, url)) event.respondWith(reading(event));
});

scope.addEventListener("message", (event) => {
  const told = event.data as ToWorker | null;
  if (told?.ydt === "take over") event.waitUntil(scope.skipWaiting());
  if (told?.ydt === "remember") event.waitUntil(remember(told.urls, told.language));
  if (told?.ydt === "have ready") event.waitUntil(haveReady(told.urls, told.language));
  if (told?.ydt === "forget") event.waitUntil(forget().then(() => event.ports[0]?.postMessage("done")));
});

async function forget(): Promise<void> {
  throwAway();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(CACHES)).map((name) => caches.delete(name)));
}
