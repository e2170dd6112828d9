// The web itself, one cache for each version: the shell and all its hashed files are either all there, from one
// build, or the version is not installed at all.
import { SHELL_CACHE } from "../src/lib/apart";
import { BUILD } from "./scope";

const OWN = SHELL_CACHE + BUILD.version;
/** This version and the one before it: a page of that one may still be open in another tab. */
const VERSIONS_KEPT = 2;
/** So few at a time that a page being read meanwhile still has a line. */
const AT_A_TIME = 3;

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function fetched(path: string, cache: RequestCache): Promise<Response> {
  const answer = await fetch(path, { cache, credentials: "omit" });
  if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

async function fill(own: Cache): Promise<void> {
  const shell = await fetched("/", "no-cache");
  // Another version was put in place since this worker's script was fetched: the two must not be mixed.
  if ((await digest(await shell.clone().text())) !== BUILD.shell)
    throw new Error("the shell is of another build");
  const left = [...BUILD.files];
  const carry = async () => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      // What bears its digest in its name and is here already need not come again.
      await own.put(path, (await caches.match(path)) ?? (await fetched(path, "default")));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, carry));
  // Last: a shell that is there says that everything is.
  await own.put("/", shell);
}

export async function install(): Promise<void> {
  try {
    await fill(await caches.open(OWN));
  } catch (reason) {
    await caches.delete(OWN);
    throw reason;
  }
}

export async function dropOldVersions(): Promise<void> {
  // In the order in which they were made.
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL_CACHE));
  const others = names.filter((name) => name !== OWN);
  await Promise.all(others.slice(0, -(VERSIONS_KEPT - 1)).map((name) => caches.delete(name)));
}

export async function shell(request: Request): Promise<Response> {
  const found = await caches.match("/", { cacheName: OWN });
  return found ?? fetch(request);
}

/** A file with its digest in its name is the same in every version that has it. */
export async function asset(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
