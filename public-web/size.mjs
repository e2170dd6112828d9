// What a first visit and each page may weigh, packed as it is sent: a build above that is no build. 1 kB = 1000 bytes.
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

const FIRST = 35_000;
const CHUNK = 15_000;
const HTML = 8_000;

/** @param {string} dist @returns {Promise<string[]>} a line for each budget that was broken */
export async function overBudget(dist, tell = console.log) {
  const packed = async (name) => {
    const { size } = await stat(join(dist, `${name}.br`)).catch(() => stat(join(dist, name)));
    return size;
  };
  const text = (name) => readFile(join(dist, name), "utf8");
  const shell = await text("index.html");
  const first = new Set();
  // Whatever the document names, and what that needs before it runs.
  const take = async (name) => {
    if (first.has(name)) return;
    first.add(name);
    const code = await text(name);
    const needed = [...code.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)];
    for (const [, found] of needed) await take(`assets/${found}`);
  };
  for (const [, name] of shell.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)) await take(name);
  if (first.size < 2) throw new Error("the document names no scripts: what is counted here?");

  const broken = [];
  const hold = (what, size, most) => {
    tell(`${(size / 1000).toFixed(1).padStart(6)} kB of ${(most / 1000).toFixed(0).padStart(2)}  ${what}`);
    if (size > most) broken.push(`${what}: ${size} bytes, ${most} at most`);
  };
  const sizes = await Promise.all([...first].map(packed));
  hold(
    `first load, ${first.size} files`,
    sizes.reduce((sum, size) => sum + size, 0),
    FIRST,
  );
  hold("the document with its stylesheet", await packed("index.html"), HTML);
  const names = (await readdir(join(dist, "assets"))).filter((name) => name.endsWith(".js"));
  const later = names.map((name) => `assets/${name}`).filter((name) => !first.has(name));
  const sized = await Promise.all(later.map(async (name) => [name, await packed(name)]));
  const [largest, ...others] = sized.sort(([, a], [, b]) => b - a);
  if (largest === undefined) throw new Error("no page has code of its own: what is counted here?");
  hold(`the largest of later, ${largest[0]}`, largest[1], CHUNK);
  for (const [name, size] of others) if (size > CHUNK) hold(name, size, CHUNK);
  return broken;
}
