// How both webs are served, byte for byte: what a browser may keep, what it must ask for again, and that the
// packed forms are the plain one. No browser: a browser hides all of it.
import { createHash } from "node:crypto";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { type Answer, get } from "./raw";
import { expect, test } from "./stage";

const WEBS = [
  { name: "the public web", home: "/" },
  { name: "the staff web", home: "/admin/" },
] as const;

/** Assets that a shell names. */
const assetsOf = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="(\/[^"]*assets\/[^"]+)"/g)].flatMap((match) => match[1] ?? []);

const inlineStyles = (html: string): string[] =>
  [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].flatMap((match) => match[1] ?? []);

const directive = (answer: Answer, name: string): string[] => {
  const policy = answer.headers["content-security-policy"] ?? "";
  const found = policy.split(";").find((part) => part.trim().startsWith(`${name} `));
  return found?.trim().split(/\s+/).slice(1) ?? [];
};

for (const { name, home } of WEBS) {
  test.describe(name, () => {
    test("keeps hashed files for ever, one tag for each encoding, and packs them truly", async ({
      server,
    }) => {
      const shell = (await get(server.origin + home)).body.toString();
      const assets = assetsOf(shell);
      expect(assets.length, "files named by the shell").toBeGreaterThan(0);
      for (const asset of assets) {
        const url = server.origin + asset;
        const plain = await get(url);
        const br = await get(url, { "accept-encoding": "gzip, deflate, br" });
        const gz = await get(url, { "accept-encoding": "gzip" });
        for (const answer of [plain, br, gz]) {
          expect(answer.status, asset).toBe(200);
          expect(answer.headers["cache-control"], asset).toMatch(/max-age=31536000.*immutable/);
          expect(answer.headers.vary, asset).toContain("Accept-Encoding");
        }
        expect(plain.headers["content-encoding"], asset).toBeUndefined();
        if (plain.body.length > 700) {
          expect(br.headers["content-encoding"], asset).toBe("br");
          expect(gz.headers["content-encoding"], asset).toBe("gzip");
          expect(br.body.length, asset).toBeLessThan(gz.body.length);
          expect(brotliDecompressSync(br.body).equals(plain.body), `${asset} from brotli`).toBe(true);
          expect(gunzipSync(gz.body).equals(plain.body), `${asset} from gzip`).toBe(true);
          const tags = new Set([plain, br, gz].map((answer) => answer.headers.etag));
          expect(tags.size, `${asset}: a tag of its own for each form`).toBe(3);
        }
        // Whichever form was kept, it is still the same file.
        for (const kept of [plain, br, gz]) {
          const again = await get(url, {
            "if-none-match": kept.headers.etag ?? "",
            "accept-encoding": "br",
          });
          expect(again.status, asset).toBe(304);
          expect(again.body.length, asset).toBe(0);
        }
      }
    });

    test("has its shell asked for anew, and answers 304 while it is the same", async ({ server }) => {
      const first = await get(server.origin + home, { "accept-encoding": "br" });
      expect(first.headers["cache-control"]).toBe("no-cache");
      expect(first.headers["content-type"]).toBe("text/html; charset=utf-8");
      const etag = first.headers.etag ?? "";
      expect(etag).toMatch(/^"[^"]+"$/);
      const again = await get(server.origin + home, { "accept-encoding": "br", "if-none-match": etag });
      expect(again.status).toBe(304);
      expect(again.headers.etag).toBe(etag);
      const other = await get(server.origin + home, { "if-none-match": '"another"' });
      expect(other.status).toBe(200);
    });

    test("allows exactly its own inline styles, and no inline script", async ({ server }) => {
      const answer = await get(server.origin + home);
      const html = answer.body.toString();
      const hashes = inlineStyles(html).map(
        (style) => `'sha256-${createHash("sha256").update(style).digest("base64")}'`,
      );
      expect(directive(answer, "style-src").sort()).toEqual(["'self'", ...hashes].sort());
      expect(directive(answer, "script-src")).toEqual(["'self'"]);
      expect(directive(answer, "default-src")).toEqual(["'none'"]);
      expect(directive(answer, "require-trusted-types-for")).toEqual(["'script'"]);
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/);
      expect(html).not.toMatch(/\s(style|on[a-z]+)=/);
    });

    test("does not take a missing file for a page", async ({ server }) => {
      const gone = await get(`${server.origin}${home}assets/gone-0123abcd.js`, { accept: "*/*" });
      expect(gone.status).toBe(404);
      expect(gone.headers["content-type"]).not.toContain("text/html");
      expect(gone.headers["cache-control"] ?? "").not.toContain("immutable");
    });
  });
}

test("every address below /admin/ is the staff web's shell, and pages of villages the public one's", async ({
  server,
}) => {
  const page = { accept: "text/html" };
  const admin = await get(`${server.origin}/admin/`, page);
  const deep = await get(`${server.origin}/admin/x/y`, page);
  expect(deep.status).toBe(200);
  expect(deep.body.equals(admin.body)).toBe(true);
  const home = await get(`${server.origin}/`, page);
  const village = await get(`${server.origin}/v/230104111204/accounts/2026-10`, page);
  expect(village.status).toBe(200);
  expect(village.body.equals(home.body)).toBe(true);
  expect(village.body.equals(admin.body)).toBe(false);
});

test("the staff's address without its slash keeps what was filtered", async ({ server }) => {
  for (const query of ["", "?light=red&sort=left"]) {
    const answer = await get(`${server.origin}/admin${query}`);
    expect(answer.status).toBe(308);
    expect(answer.headers.location).toBe(`/admin/${query}`);
  }
});

test("an unknown address of the API stays a problem, whoever asks", async ({ server }) => {
  for (const where of ["/api/v1/nothing", "/api/nothing", "/api/v1/admin/x/y"]) {
    const answer = await get(server.origin + where, { accept: "text/html" });
    expect(answer.status, where).toBe(404);
    expect(answer.headers["content-type"], where).toContain("application/problem+json");
    expect(JSON.parse(answer.body.toString()), where).toMatchObject({ status: 404 });
  }
});
