// vite build, then a `.br` and a `.gz` beside every text file: compressing at the best quality takes seconds,
// so it is done here once and never per request.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const TEXT = new Set([".html", ".js", ".css", ".svg", ".json", ".webmanifest", ".txt"]);
const SMALLEST = 700;

await build({ root: here, configFile: join(here, "vite.config.ts") });

const dist = join(here, "dist");
const names = await readdir(dist, { recursive: true });
for (const name of names.filter((name) => TEXT.has(extname(name)))) {
  const path = join(dist, name);
  const bytes = await readFile(path);
  if (bytes.length <= SMALLEST) continue;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, { params }));
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
