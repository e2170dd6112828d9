// Styles come with the part of the program that needs them. A page that is opened by its address, or again after a
// reload, must not live on what another page had brought.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";

const SOURCES = path.resolve(import.meta.dirname, "../../admin-web/src");
/** The first class of a compound: what `.row.open` is about is a row. */
const CLASS = /(?<![\w\])-])\.([A-Za-z][\w-]*)/g;

/** Every class of our own that some style sheet of the desk speaks of. */
function known(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
  const sheets = files.filter((name) => name.endsWith(".css"));
  const names = sheets.flatMap((name) => {
    // Selectors only: what stands between braces may hold numbers with points, and addresses.
    const text = readFileSync(path.join(SOURCES, name), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    const selectors = text.match(/[^{};]+(?=\{)/g) ?? [];
    return selectors.flatMap((one) => [...one.matchAll(CLASS)].map(([, found = ""]) => found));
  });
  return [...new Set(names)].filter((name) => !name.startsWith("ant-"));
}

const OURS = known();

/** Classes that stand on the page, that our styles speak of, and of which no style sheet that is loaded does. */
export function undressed(page: Page): Promise<string[]> {
  return page.evaluate((ours) => {
    const selectors: string[] = [];
    const look = (rules: CSSRuleList): void => {
      for (const rule of rules) {
        if (rule instanceof CSSStyleRule) selectors.push(rule.selectorText);
        if ("cssRules" in rule) look(rule.cssRules as CSSRuleList);
      }
    };
    for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) look(sheet.cssRules);
    const loaded = new Set(selectors.join(" ").match(/(?<=\.)[A-Za-z][\w-]*/g) ?? []);
    return ours.filter((name) => !loaded.has(name) && document.getElementsByClassName(name).length > 0);
  }, OURS);
}
