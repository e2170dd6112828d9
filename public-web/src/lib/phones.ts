// The two numbers that stand on every page, also on one that the server did not bring: they are the whole country's. A
// browser test holds them against the numbers that the server names.

/** Whatever it is about; a person answers. */
export const ANYTHING = "12345";
/** About somebody in office: the discipline organs. */
export const OFFICIALS = "12388";
