// The authenticator app of somebody of the staff.
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Server } from "./server.mjs";

/** The step of the code that is shown some seconds from now (RFC 6238). */
const stepOf = (seconds: number): bigint => BigInt(Math.floor(Date.now() / 30_000 + seconds / 30));

/** What an authenticator app shows some seconds from now for a secret as it is typed by hand. */
export function codeOf(base32: string, seconds = 0): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...base32].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(stepOf(seconds));
  const mac = createHmac("sha1", key).update(step).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The secret in the phone of a demo account. */
export async function secretOf(server: Server, username: string): Promise<string> {
  const file = await readFile(path.join(server.dataDir, "demo-accounts.json"), "utf8");
  const accounts = JSON.parse(file) as { username: string; totp_secret: string }[];
  const found = accounts.find((one) => one.username === username);
  if (found === undefined) throw new Error(`no demo account ${username}`);
  return found.totp_secret;
}
