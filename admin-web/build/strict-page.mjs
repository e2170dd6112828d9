// What lets antd live under `style-src 'self'; require-trusted-types-for 'script'`: its stylesheet comes from
// a file, and the few of its modules that write style elements or style attributes write by the CSSOM instead.
// A module that no longer looks as expected stops the build, so that an update cannot bring them back unseen.
import { fileURLToPath } from "node:url";
import { antdCss } from "./antd-css.mjs";

const OURS = fileURLToPath(new URL("../src/lib/adoptedCss.ts", import.meta.url)).replaceAll("\\", "/");
const CSS = "virtual:antd.css";

/** The styles' own writers, whose place our module takes. */
const WRITERS = /@rc-component\/util\/(?:es|lib)\/Dom\/dynamicCSS\.js$/;
/** The icons' copy of them: `updateCSS` only, among things to keep. */
const ICONS = /@ant-design\/icons\/(?:es|lib)\/cssUtils\.js$/;
/** Measures a text area by a style attribute. */
const MEASURE = /@rc-component\/input\/(?:es|lib)\/calculateNodeHeight\.js$/;
/** Empties a chart by markup. */
const CHARTS = /zrender\/lib\/svg\/Painter\.js$/;

/** @param {string} code @param {string | RegExp} from @param {string} to @param {string} where */
function mended(code, from, to, where) {
  const after = code.replaceAll(typeof from === "string" ? from : new RegExp(from, "g"), to);
  if (after === code) throw new Error(`${where} has changed: see build/strict-page.mjs`);
  return after;
}

/** @param {import("antd").ThemeConfig} theme @returns {import("vite").Plugin} */
export function strictPage(theme) {
  return {
    name: "strict-page",
    enforce: "pre",
    resolveId(id) {
      return id === CSS ? `\0${CSS}` : null;
    },
    load(id) {
      const path = id.replaceAll("\\", "/").split("?")[0] ?? id;
      if (id === `\0${CSS}`) return { code: antdCss(theme), moduleType: "css" };
      if (WRITERS.test(path)) return `export * from ${JSON.stringify(OURS)};`;
      return null;
    },
    transform(code, id) {
      const path = id.replaceAll("\\", "/").split("?")[0] ?? id;
      if (ICONS.test(path)) {
        const kept = mended(code, "export function updateCSS", "function formerUpdateCSS", path);
        return { code: `${kept}\nexport { updateCSS } from ${JSON.stringify(OURS)};`, map: null };
      }
      if (MEASURE.test(path)) {
        const written = /hiddenTextarea\.setAttribute\('style', (`[^`]*`)\)/;
        return { code: mended(code, written, "hiddenTextarea.style.cssText = $1", path), map: null };
      }
      if (CHARTS.test(path)) {
        const emptied = mended(code, "this.root.innerHTML = ''", "this.root.replaceChildren()", path);
        const also = "this._svgDom.innerHTML = null";
        return { code: mended(emptied, also, "this._svgDom.replaceChildren()", path), map: null };
      }
      return null;
    },
  };
}
