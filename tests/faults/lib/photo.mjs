// A photo, sent as a phone sends it.
import assert from "node:assert/strict";
import { filing } from "./load.mjs";

/** One pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Whatever an upload answers. @param {number} port */
export function upload(port) {
  const form = new FormData();
  form.append("file", new Blob([PIXEL], { type: "image/png" }), "photo.png");
  return fetch(`http://127.0.0.1:${port}/api/v1/attachments`, { method: "POST", body: form });
}

/** Files with a photo; the receipt. @param {number} port @returns {Promise<string>} */
export async function fileWithPhoto(port) {
  const uploaded = await upload(port);
  assert.equal(uploaded.status, 201);
  const { token } = await uploaded.json();
  const { key, body } = filing();
  const filed = await fetch(`http://127.0.0.1:${port}/api/v1/complaints`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify({ ...body, attachments: [token] }),
  });
  assert.equal(filed.status, 201);
  return (await filed.json()).receipt_code;
}

/** The photo of a case, as its owner sees it. @param {number} port @param {string} receipt */
export async function photoOf(port, receipt) {
  const shown = await fetch(`http://127.0.0.1:${port}/api/v1/receipt/attachments/1`, {
    headers: { "x-receipt-code": receipt },
  });
  assert.equal(shown.status, 200);
  return Buffer.from(await shown.arrayBuffer());
}
