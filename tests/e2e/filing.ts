// Cases that are simply there, for stories about what becomes of them.
import { randomBytes } from "node:crypto";
import type { Server } from "./server.mjs";

/** Dongfeng, in the township of Tuanjie. */
export const VILLAGE = "230104111204";
/** Cases filed at once. */
const TOGETHER = 16;

/** Files cases as a program of somebody else's would, through the API. */
export async function filed(server: Server, count: number, words: (n: number) => string): Promise<void> {
  const one = async (n: number) => {
    const answer = await fetch(`${server.origin}/api/v1/complaints`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": randomBytes(16).toString("hex") },
      body: JSON.stringify({
        kind: "complaint",
        region_code: VILLAGE,
        category: "service",
        text: words(n),
        targets: [],
        attachments: [],
        identity: { mode: "anonymous" },
        filed_by: "self",
        may_publish_answer: false,
      }),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
  };
  for (let n = 0; n < count; n += TOGETHER) {
    await Promise.all(Array.from({ length: Math.min(TOGETHER, count - n) }, (_, at) => one(n + at + 1)));
  }
}
