// How much a sum has changed, exactly: sums come as decimal texts and are no floats.

const DECIMALS = 4;

/** A decimal text as whole ten-thousandths; `null` for what is none. */
function exact(text: string): bigint | null {
  const found = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(text);
  if (found === null) return null;
  const [, sign, whole = "", part = ""] = found;
  const value = BigInt(whole + part.padEnd(DECIMALS, "0"));
  return sign === "-" ? -value : value;
}

const places = (text: string): number => text.split(".")[1]?.length ?? 0;

/** `now` − `before` with its sign and as many decimals as the longer has; nothing where one is no number. */
export function difference(now: string, before: string): string | null {
  const [one, other] = [exact(now), exact(before)];
  if (one === null || other === null) return null;
  const change = one - other;
  if (change === 0n) return "0";
  const digits = String(change < 0n ? -change : change).padStart(DECIMALS + 1, "0");
  const keep = Math.max(places(now), places(before));
  const part = digits.slice(-DECIMALS).slice(0, keep);
  const whole = digits.slice(0, -DECIMALS);
  return `${change < 0n ? "−" : "+"}${whole}${part === "" ? "" : `.${part}`}`;
}
