// The service worker from the page's side: brought once the page stands, told what was read before it came, and
// replaced by a newer one only when the reader says so.
import type { ToWorker } from "./apart";
import { language } from "./i18n";
import { takeReads } from "./line";
import { currentVillage, onVillage } from "./settings";
import { setNewVersion } from "./version";

const ADDRESS = "/sw.js";
const LOOK_AGAIN_MS = 60 * 60_000;

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL: (url: string) => string;
  };
}

/** The one address that may become a worker; browsers with Trusted Types take it from nowhere else. */
function address(): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  const policy = policies?.createPolicy("ydt", {
    createScriptURL: (url) => {
      if (url !== ADDRESS) throw new TypeError("there is no other worker");
      return url;
    },
  });
  return policy === undefined ? ADDRESS : policy.createScriptURL(ADDRESS);
}

const say = (worker: ServiceWorker | null | undefined, words: ToWorker) => worker?.postMessage(words);

export async function bringWorker(): Promise<void> {
  // Missing in old WebViews, and without HTTPS: everything else works all the same.
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker: workers } = navigator;
  const first = workers.controller === null;
  const registration = await workers.register(address(), { scope: "/", updateViaCache: "none" });
  if (first) {
    workers.addEventListener("controllerchange", () => tellReads(workers.controller), { once: true });
    tellReads(workers.controller);
  }
  haveReady();
  onVillage(haveReady);
  offer(registration);
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", () => offer(registration));
  });
  let looked = Date.now();
  addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < LOOK_AGAIN_MS) return;
    looked = Date.now();
    registration.update().catch(() => undefined);
  });
}

const asked = () => (language() === "en" ? "en" : "zh-CN");

function tellReads(worker: ServiceWorker | null): void {
  if (worker === null) return;
  say(worker, { ydt: "remember", language: asked(), urls: takeReads() });
}

/** The form, and whom to call at once, open without a line also where they were never opened with one. */
function haveReady(): void {
  const village = currentVillage();
  // Nor is anything brought while everything is being cleared away.
  if (village === null) return;
  const of = `/api/v1/regions/${village.code}`;
  const urls = ["/api/v1/categories", of, `${of}/organisations`];
  void navigator.serviceWorker.ready.then(({ active }) =>
    say(active, { ydt: "have ready", language: asked(), urls }),
  );
}

function offer({ waiting }: ServiceWorkerRegistration): void {
  // Without a worker in charge the waiting one is the first, and needs nobody's leave.
  if (waiting === null || navigator.serviceWorker.controller === null) return;
  setNewVersion(() => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    say(waiting, { ydt: "take over" });
  });
}
