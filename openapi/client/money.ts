// Money is whole fen (1 yuan = 100 fen) and stays an integer all the way; no figure passes through a fraction.
import type { Language } from "./words";

/** The largest amount one figure may have, as the server says it: a trillion yuan. */
export const LARGEST_FEN = 100_000_000_000_000;

/** `123450` -> `1,234.50元`, in English `¥1,234.50`. */
export function formatFen(fen: number, language: Language = "zh"): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not a whole number of fen: ${fen}`);
  const digits = String(Math.abs(fen)).padStart(3, "0");
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  const text = `${yuan}.${digits.slice(-2)}`;
  const sign = fen < 0 ? "-" : "";
  return language === "en" ? `${sign}¥${text}` : `${sign}${text}元`;
}

/** Reads yuan as people type them (`1,234.5`, `￥12`, `１２．５元`, `-3`); `null` when it is no amount. */
export function parseYuan(text: string): number | null {
  const plain = text.normalize("NFKC").replace(/\s+/g, "");
  const match = /^(-?)[¥￥]?(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d*))?元?$/.exec(plain);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  const cents = fraction.replace(/0+$/, "");
  if (cents.length > 2) return null;
  const fen = Number(whole.replaceAll(",", "")) * 100 + Number(cents.padEnd(2, "0"));
  if (fen > LARGEST_FEN) return null;
  return sign === "-" && fen !== 0 ? -fen : fen;
}
