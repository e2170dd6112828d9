// Builds the web into dist/: the client, then the shell rendered to HTML with its stylesheet inside, then the service
// worker with the list of what has come out, then a compressed sibling for every text file. The server only picks; it
// never compresses these itself.
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "vite";
import { overBudget } from "./size.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const TEXT = /\.(html|js|css|svg|json|txt|webmanifest)$/;
const SMALLEST = 700;

process.chdir(here);
await build({ root: here, logLevel: "warn", build: { outDir: dist, emptyOutDir: true } });
await writeShell(await prerendered(), await firstScript());
await serviceWorker();
await compressAll();
const broken = await overBudget(dist);
if (broken.length > 0) throw new Error(`over the budget:\n${broken.join("\n")}`);

/** The shell as HTML, made by the same components that later run in the browser. */
async function prerendered() {
  const out = await mkdtemp(join(tmpdir(), "shell-"));
  try {
    await build({
      root: here,
      logLevel: "warn",
      // Everything in one file: it runs outside this folder, and one Preact serves all its hooks.
      ssr: { noExternal: true },
      build: { ssr: "src/prerender.tsx", outDir: out, emptyOutDir: true },
    });
    const { shell } = await import(pathToFileURL(join(out, "prerender.js")).href);
    return shell();
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** The first script, whole in one file of its own: it must not wait for what the pages share. */
async function firstScript() {
  const [{ output }] = [
    await build({
      root: here,
      logLevel: "warn",
      build: {
        outDir: dist,
        emptyOutDir: false,
        copyPublicDir: false,
        rolldownOptions: {
          input: join(here, "src/boot.ts"),
          output: { entryFileNames: "assets/boot-[hash].js" },
        },
      },
    }),
  ].flat();
  if (output.length !== 1) throw new Error("the first script has fallen into pieces");
  return `/${output[0].fileName}`;
}

async function writeShell(html, boot) {
  const page = join(dist, "index.html");
  const source = await readFile(page, "utf8");
  // What every page needs stands in the document itself: the first picture waits for no second request. The
  // looks of single pages come with their code.
  const [link, ...others] = source.matchAll(/\s*<link rel="stylesheet"[^>]* href="([^"]+)"[^>]*>/g);
  if (link?.[1] === undefined || others.length > 0) throw new Error("index.html should link one stylesheet");
  const sheet = join(dist, link[1]);
  const css = (await readFile(sheet, "utf8")).trim();
  if (css.includes("</")) throw new Error("the stylesheet would end its own element");
  const whole = source
    .replace(link[0], () => `<style>${css}</style>`)
    .replace(
      '<script type="module"',
      () => `<script type="module" async src="${boot}"></script><script type="module"`,
    )
    .replace('<div id="app"></div>', () => `<div id="app">${html}</div>`)
    .replace(/\n\s+/g, "\n");
  if (!whole.includes(boot) || !whole.includes("<style>") || !whole.includes(html))
    throw new Error("index.html has lost its places");
  await writeFile(page, whole);
  await unlink(sheet);
  await forgetSheet(link[1].slice(1), source);
}

/**
 * Code that comes later names the sheet of the first load among what it needs, and would ask for a file that is
 * no more. It stands in the document already, as does the first script, which takes its place in those lists.
 */
async function forgetSheet(sheet, source) {
  const first = /<script type="module"[^>]* src="\/([^"]+)"/.exec(source)?.[1];
  if (first === undefined) throw new Error("index.html should name its script");
  for (const name of await readdir(join(dist, "assets"))) {
    const file = join(dist, "assets", name);
    const code = name.endsWith(".js") ? await readFile(file, "utf8") : "";
    if (code.includes(sheet)) await writeFile(file, code.replaceAll(sheet, first));
  }
}

/** The worker, with the names of the files as they lie there now: a version is what all of them are together. */
async function serviceWorker() {
  const files = (await readdir(dist, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(dist, join(entry.parentPath ?? entry.path, entry.name))}`)
    .filter((name) => name !== "/index.html")
    .sort();
  const stray = files.find((name) => !name.startsWith("/assets/"));
  if (stray !== undefined)
    throw new Error(`${stray} has no digest in its name: the worker cannot keep it for ever`);
  const shell = createHash("sha256")
    .update(await readFile(join(dist, "index.html")))
    .digest("hex");
  // A worker that differs is another version too: it must not fill, or empty, the store that one before it is using.
  const room = join(here, "worker");
  const sources = [...(await readdir(room)).map((name) => join(room, name)), join(here, "src/lib/apart.ts")];
  const code = await Promise.all(sources.sort().map((file) => readFile(file, "utf8")));
  const version = createHash("sha256")
    .update([shell, ...files, ...code].join("\n"))
    .digest("hex")
    .slice(0, 16);
  const [{ output }] = [
    await build({
      root: here,
      logLevel: "warn",
      define: { YDT_BUILD: JSON.stringify({ version, files, shell }) },
      build: {
        outDir: dist,
        emptyOutDir: false,
        copyPublicDir: false,
        rolldownOptions: {
          input: join(here, "worker/sw.ts"),
          // A classic script: older browsers know no other worker.
          output: { format: "iife", entryFileNames: "sw.js" },
        },
      },
    }),
  ].flat();
  if (output.length !== 1) throw new Error("the service worker has fallen into pieces");
}

async function compressAll() {
  const files = await readdir(dist, { recursive: true });
  await Promise.all(files.filter((name) => TEXT.test(name)).map((name) => compress(join(dist, name))));
}

async function compress(file) {
  const plain = await readFile(file);
  if (plain.length <= SMALLEST) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(plain, { params }));
  await writeFile(`${file}.gz`, await promisify(gzip)(plain, { level: 9 }));
}
