// The receipt code as people see and type it: twenty digits in groups of four, the last one a check digit
// (Luhn), so that one wrong digit is noticed before anything is sent.

export const CODE_DIGITS = 20;

/** What stays of anything typed or pasted: full-width digits, spaces, hyphens and words around it are fine. */
export function digitsOf(typed: string): string {
  return typed.normalize("NFKC").replace(/\D/g, "");
}

/** `3081 5527 9046 1172 6839`, also of a code that is not whole yet. */
export function inGroups(code: string): string {
  return digitsOf(code).replace(/(\d{4})(?=\d)/g, "$1 ");
}

/** For a phone that others may look at: only the two ends. */
export function masked(code: string): string {
  const digits = digitsOf(code);
  return `${digits.slice(0, 4)} **** **** **** ${digits.slice(-4)}`;
}

/** The groups one by one, for reading aloud: `3 0 8 1，5 5 2 7，…`. */
export function spoken(code: string): string {
  return inGroups(code)
    .split(" ")
    .map((group) => group.split("").join(" "))
    .join("，");
}

function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const weighed = place % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

export type CodeFault = "empty" | "short" | "long" | "mistyped";

/** What is wrong with a code before it is sent, or `null`. */
export function codeFault(typed: string): CodeFault | null {
  const digits = digitsOf(typed);
  if (digits === "") return "empty";
  if (digits.length < CODE_DIGITS) return "short";
  if (digits.length > CODE_DIGITS) return "long";
  return hasCheckDigit(digits) ? null : "mistyped";
}

export const isCode = (typed: unknown): typed is string =>
  typeof typed === "string" && codeFault(typed) === null;
