// The same reading of a text that the server makes of it, so that both count alike.

export const TEXT_MIN = 5;
export const TEXT_MAX = 4000;
export const NAME_MAX = 60;
export const OTHER_MAX = 200;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const CONTROLS_AND_BREAKS = /[\u0000-\u001f\u007f-\u009f]+/g;

/** Several lines; invisible control characters, as some apps leave them in what is copied, are taken out. */
export const asBody = (text: string): string => text.replace(/\r\n?/g, "\n").replace(CONTROLS, "").trim();

/** One line. */
export const asLine = (text: string): string => text.replace(CONTROLS_AND_BREAKS, " ").trim();

const HYPHENS = /[\u2010-\u2015\u2212]/g;

/** A number or an address that a phone's keyboard may have written in wide signs, with dashes of any kind. */
export const asContact = (text: string): string => asLine(text.normalize("NFKC"));
export const asPhone = (text: string): string => asContact(text).replace(HYPHENS, "-").replace(/ +/g, " ");

/** Characters as people count them, not the halves that some are stored in. */
export const lengthOf = (text: string): number => Array.from(text).length;
