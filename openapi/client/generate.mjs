// Makes public.ts and admin.ts from ../public.json and ../admin.json: types only, nothing that runs.
// `npm run generate` writes them; drift.test.ts renders the same in memory and compares.
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";

/** The documents, and the modules made from them. */
export const parts = /** @type {const} */ (["public", "admin"]);

/**
 * The whole text of one generated module.
 * @param {"public" | "admin"} part
 */
export async function render(part) {
  const document = new URL(`../${part}.json`, import.meta.url);
  return COMMENT_HEADER + astToString(await openapiTS(document));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const part of parts) {
    await writeFile(new URL(`${part}.ts`, import.meta.url), await render(part));
    console.log(`openapi/client/${part}.ts`);
  }
}
