// Looks into what came out of the printer: sizes and words of the pages, and the codes on them, read as a phone does.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import jsqr from "jsqr";

// The package says `export default`, and is CommonJS that node hands over whole.
const read = (
  typeof jsqr === "function" ? jsqr : (jsqr as { default: unknown }).default
) as typeof import("jsqr").default;

export interface Paper {
  /** Of each page, in millimetres. */
  sizes: (readonly [number, number])[];
  /** The words of each page, without blanks: a line may end anywhere. */
  texts: string[];
  /** What the code on a page says, and how wide it is with its quiet zone left out, in millimetres. */
  code(page: number): { says: string; mm: number } | null;
}

const MM = 25.4;
const DPI = 100;

/** Prints what is open, as the browser's own printing does. */
export async function printed(page: Page): Promise<Paper> {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const folder = mkdtempSync(path.join(tmpdir(), "ydt-paper-"));
  const file = path.join(folder, "paper.pdf");
  writeFileSync(file, pdf);
  try {
    const info = execFileSync("pdfinfo", ["-f", "1", "-l", "999", file], { encoding: "utf8" });
    const sizes = [...info.matchAll(/^Page +\d+ size: +([\d.]+) x ([\d.]+) pts/gm)].map(
      ([, width, height]) => [mm(width, 72), mm(height, 72)] as const,
    );
    // In the order of the document: by place on the sheet the words of neighbouring cells would mix.
    const text = execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" });
    const texts = text.split("\f").map((one) => one.replace(/\s+/g, ""));
    execFileSync("pdftoppm", ["-r", String(DPI), file, path.join(folder, "page")]);
    const width = String(sizes.length).length;
    const pictures = sizes.map((_, at) =>
      readFileSync(path.join(folder, `page-${String(at + 1).padStart(width, "0")}.ppm`)),
    );
    return { sizes, texts: texts.slice(0, sizes.length), code: (at) => codeIn(pictures[at - 1]) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const mm = (units: number | string | undefined, perInch: number): number =>
  Math.round((Number(units) / perInch) * MM);

/** The code in a picture of the plainest kind there is (PPM, binary). */
function codeIn(picture: Buffer | undefined): { says: string; mm: number } | null {
  if (picture === undefined) return null;
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.subarray(0, 40).toString("latin1"));
  if (head === null) throw new Error("no PPM");
  const [width, height] = [Number(head[1]), Number(head[2])];
  const dots = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    const from = head[0].length + at * 3;
    dots.set(picture.subarray(from, from + 3), at * 4);
  }
  const found = read(dots, width, height);
  if (found === null) return null;
  const { topLeftCorner: left, topRightCorner: right } = found.location;
  return { says: found.data, mm: mm(Math.hypot(right.x - left.x, right.y - left.y), DPI) };
}
