// Takes the place of @rc-component/util's `Dom/dynamicCSS` (see build/strict-page.mjs). Style elements made by
// scripts are forbidden here; a constructed stylesheet is not, and needs no Trusted Types.

/** What callers may do to what `updateCSS` gives back: they mark it, nothing else. */
export interface SheetHandle {
  setAttribute(name: string, value: string): void;
}

const sheets = new Map<string, CSSStyleSheet>();

/** Puts a stylesheet under a key, or renews it. */
export function updateCSS(css: string, key: string): SheetHandle {
  let sheet = sheets.get(key);
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheets.set(key, sheet);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  sheet.replaceSync(css);
  return { setAttribute: () => undefined };
}

/** Takes a stylesheet away. */
export function removeCSS(key: string): void {
  const sheet = sheets.get(key);
  if (sheet === undefined) return;
  sheets.delete(key);
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
}

let unnamed = 0;

/** Adds a stylesheet for good. */
export function injectCSS(css: string): SheetHandle {
  unnamed += 1;
  return updateCSS(css, `unnamed-${unnamed}`);
}

/** There is nothing to forget: no element carries our sheets. */
export function clearContainerCache(): void {}
