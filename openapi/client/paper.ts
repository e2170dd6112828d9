// What both webs put on paper: QR codes, the rules of a printed page, and the village's poster. Pure functions of their
// arguments, and shapes instead of elements: each web draws them with its own JSX.
import { encode } from "uqr";
import type { Language } from "./words";

/** Modules of white around a code (ISO/IEC 18004): scanners need them, so they are part of it. */
const QUIET = 4;

export interface Qr {
  /** Dark modules as one path, in modules. */
  path: string;
  /** Its side, the quiet zone included. */
  size: number;
}

/** `Q` for paper, which is creased and stained; `M` for screens. */
export function qrOf(text: string, ecc: "M" | "Q"): Qr {
  const { data, size } = encode(text, { ecc, border: QUIET });
  // A run of dark modules is one stroke: no hair lines between them on paper, and half the length.
  const path = data
    .flatMap((row, y) =>
      row.map((dark, x) => {
        if (!dark || row[x - 1]) return "";
        let end = x;
        while (row[end]) end += 1;
        return `M${x} ${y}h${end - x}v1h-${end - x}z`;
      }),
    )
    .join("");
  return { path, size };
}

export type PaperSize = "A4" | "A3";
export const PAPER_SIZES: readonly PaperSize[] = ["A4", "A3"];

export interface PageRule {
  size: PaperSize;
  landscape?: boolean;
  /** What stands at the foot of each page beside its number; without it the drawing fills the sheet to its edges. */
  foot?: { text: string /** On a line of its own. */; more?: string; language: Language };
}

/** The `@page` rule. Browsers that know no margin boxes (Chromium before 131) leave the foot out. */
export function pageRule({ size, landscape = false, foot }: PageRule): string {
  const sheet = `size: ${size} ${landscape ? "landscape" : "portrait"};`;
  if (foot === undefined) return `@page { ${sheet} margin: 0; }`;
  const [margin, type] = size === "A4" ? ["14mm 14mm 18mm", "8pt"] : ["20mm 20mm 25mm", "12pt"];
  const look = `font: ${type} sans-serif; color: #333; vertical-align: top; padding-top: 3mm;`;
  const number =
    foot.language === "zh"
      ? '"第 " counter(page) " 页，共 " counter(pages) " 页"'
      : '"Page " counter(page) " of " counter(pages)';
  const said = cssText(foot.text) + (foot.more === undefined ? "" : ` "\\a" ${cssText(foot.more)}`);
  return `@page { ${sheet} margin: ${margin};
    @bottom-left { content: ${said}; white-space: pre-line; text-align: left; width: 76%; ${look} }
    @bottom-right { content: ${number}; text-align: right; width: 24%; ${look} } }`;
}

const cssText = (text: string): string =>
  `"${text.replace(/[\n\r\f]+/g, " ").replace(/["\\]/g, (sign) => `\\${sign}`)}"`;

/** Puts a rule at the end of a sheet of the document; gives back how to take it away. No style element is made. */
export function putRule(sheet: CSSStyleSheet, rule: string): () => void {
  const put = sheet.cssRules[sheet.insertRule(rule, sheet.cssRules.length)];
  return () => {
    const at = Array.from(sheet.cssRules).indexOf(put as CSSRule);
    if (at >= 0) sheet.deleteRule(at);
  };
}
