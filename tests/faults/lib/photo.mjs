// A photo, sent as a phone sends it.
import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
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

/** @param {number} port @param {Buffer} bytes @param {string} name @param {string} type @param {Record<string, string>} headers */
export function sendPhoto(port, bytes, name, type, headers) {
  const form = new FormData();
  form.append("file", new Blob([bytes], { type }), name);
  return fetch(`http://127.0.0.1:${port}/api/v1/attachments`, { method: "POST", body: form, headers });
}

/** The sum at the end of a PNG's chunk. @param {Buffer} bytes */
function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/** @param {string} kind @param {Buffer} bytes */
function chunk(kind, bytes) {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), bytes]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(bytes.length);
  sum.writeUInt32BE(crc(named));
  return Buffer.concat([length, named, sum]);
}

/** Exif with one text, as a camera writes its own name. @param {string} text */
function exif(text) {
  const words = Buffer.from(`${text}\0`, "latin1");
  const head = Buffer.alloc(26);
  head.write("MM\0*", 0, "latin1");
  head.writeUInt32BE(8, 4);
  head.writeUInt16BE(1, 8);
  // ImageDescription, ASCII.
  head.writeUInt16BE(0x010e, 10);
  head.writeUInt16BE(2, 12);
  head.writeUInt32BE(words.length, 14);
  head.writeUInt32BE(26, 18);
  return Buffer.concat([head, words]);
}

/** A picture of sixteen grey pixels with words in everything around them. @param {(what: string) => string} word */
export function markedPng(word) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(4, 0);
  header.writeUInt32BE(4, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(12, 128)]);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("tEXt", Buffer.from(`Author\0${word("the author")}`, "latin1")),
    chunk(
      "zTXt",
      Buffer.concat([Buffer.from("Comment\0\0", "latin1"), deflateSync(word("the packed comment"))]),
    ),
    chunk("eXIf", exif(word("the Exif"))),
    chunk("IDAT", deflateSync(Buffer.concat([row, row, row, row]))),
    chunk("IEND", Buffer.alloc(0)),
    Buffer.from(`PK\x03\x04${word("what hangs behind")}`, "latin1"),
  ]);
}

/** A JPEG with words in everything around its pixels. @param {Buffer} jpeg @param {(what: string) => string} word */
export function markedJpeg(jpeg, word) {
  assert.equal(jpeg.subarray(0, 2).toString("hex"), "ffd8", "this is no JPEG");
  const segment = (/** @type {number} */ marker, /** @type {Buffer} */ bytes) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(bytes.length + 2, 2);
    return Buffer.concat([head, bytes]);
  };
  return Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif(word("the camera"))])),
    segment(
      0xe1,
      Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${word("the XMP")}</x:xmpmeta>`, "latin1"),
    ),
    segment(0xfe, Buffer.from(word("the remark"), "latin1")),
    jpeg.subarray(2),
    Buffer.from(word("what hangs behind the JPEG"), "latin1"),
  ]);
}
