// The photos themselves, as they were drawn anew: in memory while the page is open, and in the phone's database where
// the writer wants things kept. The server has them only once they have a token.
import { drop, put, take } from "./db";
import { type Photo, upload } from "./photo";
import { Problem } from "./problem";

/** As bytes: not every browser can keep a picture itself. */
interface Kept {
  bytes: ArrayBuffer;
}

const held = new Map<string, Blob>();
const TYPE = "image/jpeg";
/** So soon before the server forgets a photo it is sent again rather than trusted. */
const MARGIN_MS = 10 * 60_000;

/** `false` when the phone lets nothing be kept; in memory it is all the same. */
export async function holdPicture(id: string, picture: Blob, keep: boolean): Promise<boolean> {
  held.set(id, picture);
  return keep ? keepPicture(id) : true;
}

async function keepPicture(id: string): Promise<boolean> {
  const picture = held.get(id);
  if (picture === undefined) return false;
  try {
    const kept: Kept = { bytes: await new Response(picture).arrayBuffer() };
    await put("photos", id, kept);
    return true;
  } catch {
    return false;
  }
}

export const keepPictures = (photos: readonly Photo[]): Promise<unknown> =>
  Promise.all(photos.map(({ id }) => keepPicture(id)));

export async function pictureOf(id: string): Promise<Blob | null> {
  const here = held.get(id);
  if (here !== undefined) return here;
  const kept = (await take("photos", id).catch(() => undefined)) as Partial<Kept> | undefined;
  if (!(kept?.bytes instanceof ArrayBuffer)) return null;
  const picture = new Blob([kept.bytes], { type: TYPE });
  held.set(id, picture);
  return picture;
}

/** Off the phone's database; in memory too, unless they are still being looked at. */
export async function dropPictures(photos: readonly Photo[], alsoHere = true): Promise<void> {
  for (const { id } of photos) if (alsoHere) held.delete(id);
  await Promise.all(photos.map(({ id }) => drop("photos", id).catch(() => undefined)));
}

export const isUploaded = (photo: Photo): boolean =>
  photo.token !== "" && Date.parse(photo.until) > Date.now() + MARGIN_MS;

/**
 * Sends those that the server does not have yet, one after the other; each that is there is told at once, so that
 * whatever happens next, it need not be sent again. Throws a `Problem`, also for one that is on neither side any more.
 */
export async function uploadMissing(
  photos: readonly Photo[],
  onEach: (photos: readonly Photo[], at: number) => Promise<void> | void,
  /** Makes another key of a photo's own, where the server has done away with what came under that. */
  more = "",
): Promise<readonly Photo[]> {
  let now = photos;
  for (const [at, photo] of photos.entries()) {
    if (isUploaded(photo)) continue;
    await onEach(now, at);
    const picture = await pictureOf(photo.id);
    if (picture === null) throw lost();
    const sent = { ...photo, ...(await upload(picture, photo.id + more)) };
    now = now.map((one, place) => (place === at ? sent : one));
    await onEach(now, -1);
  }
  return now;
}

/** As the server says it. */
const lost = () =>
  new Problem("refused", {
    code: "attachment_gone",
    errors: [{ pointer: "/attachments", code: "attachment_gone", detail: "" }],
  });
