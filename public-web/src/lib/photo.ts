// A photo before it leaves the phone: drawn anew, no larger than needed, so that where and when it was taken stay
// here, and a weak line carries half a megabyte instead of six. The server makes it anew once more.
import { ask, Problem } from "./api";

const LONGEST_SIDE = 2048;
const QUALITY = 0.85;
/** A photo on a weak line: half a megabyte at 4 kB/s. */
const TIMEOUT_MS = 180_000;

/** What the server says of a photo that it has taken. */
export interface Uploaded {
  token: string;
  /** RFC 3339; the server forgets it then. */
  until: string;
}

/** A photo that was chosen; with an empty token while the server does not have it. */
export interface Photo extends Uploaded {
  /** Its name on this phone, and the key under which it is sent: however often that is, the server keeps it once. */
  id: string;
}

/** Width and height so that the longer side is no longer than that. */
export function fitted(width: number, height: number, longest: number): [width: number, height: number] {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

function load(url: string): Promise<HTMLImageElement> {
  return new Promise((done, fail) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => fail(new Error("no picture"));
    image.src = url;
  });
}

/** The picture anew, as JPEG; browsers turn it the right way up by themselves. */
export async function drawnAnew(file: Blob): Promise<Blob> {
  const url = URL.createObjectURL(file);
  try {
    const image = await load(url);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = fitted(image.naturalWidth, image.naturalHeight, LONGEST_SIDE);
    const draw = canvas.getContext("2d");
    if (draw === null) throw new Error("no canvas");
    // Transparent places on white paper, not on black.
    draw.fillStyle = "#fff";
    draw.fillRect(0, 0, canvas.width, canvas.height);
    draw.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => {
      canvas.toBlob(
        (blob) => (blob === null ? fail(new Error("no picture")) : done(blob)),
        "image/jpeg",
        QUALITY,
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * Sends a picture that was drawn anew. Whatever goes wrong comes back as a thrown `Problem`; where only the answer was
 * lost, it is sent once more under the same key, and kept once.
 */
export async function upload(picture: Blob, key: string): Promise<Uploaded> {
  const form = new FormData();
  // A name of ours: the phone's own tells the day.
  form.append("file", picture, "photo.jpg");
  const params = { header: { "Idempotency-Key": key } };
  const send = () =>
    ask(
      (api, signal) =>
        api.POST("/api/v1/attachments", { params, body: { file: "" }, bodySerializer: () => form, signal }),
      { timeoutMs: TIMEOUT_MS },
    );
  const view = await send().catch((reason: unknown) => {
    if (reason instanceof Problem && reason.kind === "unreachable") return send();
    throw reason;
  });
  return { token: view.token, until: view.expires_at };
}
