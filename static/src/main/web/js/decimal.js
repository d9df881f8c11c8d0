// Decimals stay strings, because JavaScript numbers are doubles and would round them.

/** Digits of an inverse beyond those of the rate; only six are shown. */
const GUARD_DIGITS = 12;

function parts(text) {
  const [whole, fraction = ""] = text.split(".");
  return { digits: whole + fraction, scale: fraction.length };
}

/** Returns 1 / text, truncated well beyond the digits that are shown. The text is a decimal greater than 0. */
export function inverse(text) {
  const { digits, scale } = parts(text);
  const places = digits.length + GUARD_DIGITS;
  const quotient = 10n ** BigInt(scale + places) / BigInt(digits);
  const padded = quotient.toString().padStart(places + 1, "0");
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** Returns -1, 0 or 1 as a is less than, equal to or greater than b; both are decimals of 0 or more. */
export function compare(a, b) {
  const [left, right] = [parts(a), parts(b)];
  const scale = Math.max(left.scale, right.scale);
  const difference =
    BigInt(left.digits.padEnd(left.digits.length + scale - left.scale, "0")) -
    BigInt(right.digits.padEnd(right.digits.length + scale - right.scale, "0"));
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Returns the number of decimals. */
export function decimals(text) {
  return parts(text).scale;
}
