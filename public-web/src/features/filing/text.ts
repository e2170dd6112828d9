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

/** Characters as people count them, not the halves that some are stored in. */
export const lengthOf = (text: string): number => Array.from(text).length;
