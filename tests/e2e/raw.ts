// HTTP as it is on the wire: no cache, and nothing unpacked behind the test's back.
import { request } from "node:http";

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export function get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        const plain = Object.entries(response.headers).map(([name, value]) => [name, String(value ?? "")]);
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(plain),
          body: Buffer.concat(parts),
        });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}
