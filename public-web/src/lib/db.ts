// The phone's own database, for what is too large or too precious for the plain store: photos, and complaints that
// wait for a line. Opened only when something is to be kept; every call may fail, as in private windows.
import { DATABASE as NAME } from "./pending";

export type Room = "outbox" | "photos";

let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("outbox");
      request.result.createObjectStore("photos");
    };
    request.onblocked = () => fail(new Error("blocked"));
    request.onerror = () => fail(request.error);
    request.onsuccess = () => {
      const db = request.result;
      const gone = () => {
        opening = undefined;
      };
      // Another tab erases everything: this one must not stand in its way.
      db.onversionchange = () => {
        db.close();
        gone();
      };
      db.onclose = gone;
      done(db);
    };
  });
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}

/** Carries out one thing; resolves when it lies on the disk, as far as the browser will say. */
async function within<T>(
  room: Room,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await open();
  return new Promise((done, fail) => {
    const transaction = db.transaction(room, mode, { durability: "strict" });
    const request = work(transaction.objectStore(room));
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => fail(transaction.error ?? new Error("aborted"));
    transaction.onerror = () => fail(transaction.error);
  });
}

export const put = (room: Room, key: string, value: unknown): Promise<unknown> =>
  within(room, "readwrite", (store) => store.put(value, key));
export const take = async (room: Room, key: string): Promise<unknown> =>
  (await isMade()) ? within<unknown>(room, "readonly", (store) => store.get(key)) : undefined;
export const all = async (room: Room): Promise<unknown[]> =>
  (await isMade()) ? within<unknown[]>(room, "readonly", (store) => store.getAll()) : [];
export async function drop(room: Room, key: string): Promise<void> {
  if (await isMade()) await within(room, "readwrite", (store) => store.delete(key));
}
const empty = (room: Room): Promise<undefined> => within(room, "readwrite", (store) => store.clear());

/** Whether there is one already: asking, and forgetting, must not make it. Browsers that cannot tell make it. */
async function isMade(): Promise<boolean> {
  if (opening !== undefined) return true;
  const known = await indexedDB.databases?.().catch(() => undefined);
  return known === undefined || known.some(({ name }) => name === NAME);
}

/** Erases it all: what is in it at once, the database itself as soon as no tab holds it. */
export async function dropDatabase(): Promise<void> {
  if (!("indexedDB" in globalThis)) return;
  if (!(await isMade())) return;
  await Promise.all([empty("outbox"), empty("photos")]).catch(() => undefined);
  const db = await opening?.catch(() => undefined);
  db?.close();
  opening = undefined;
  await new Promise<void>((done) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = () => done();
    request.onerror = () => done();
    request.onblocked = () => done();
  });
}
