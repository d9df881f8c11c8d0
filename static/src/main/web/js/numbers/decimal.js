// Exact arithmetic on decimal strings. JavaScript's numbers are doubles and would round amounts and rates.

/** Significant digits of a rate, as in the API. */
const RATE_DIGITS = 34;

/** A decimal as unscaled × 10^-scale. */
function parse(text) {
  const [whole, fraction = ""] = text.split(".");
  return { unscaled: BigInt(whole + fraction), scale: fraction.length };
}

function format(unscaled, scale) {
  const sign = unscaled < 0n ? "-" : "";
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  return sign + (scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`);
}

/** The quotient, rounded half to even. The divisor is positive. */
function divide(dividend, divisor) {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const quotient = magnitude / divisor;
  const twice = (magnitude % divisor) * 2n;
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  const rounded = up ? quotient + 1n : quotient;
  return dividend < 0n ? -rounded : rounded;
}

/** unscaled × 10^-from ÷ divisor with `to` decimals. */
function rescaled(unscaled, from, divisor, to) {
  return to >= from
    ? divide(unscaled * 10n ** BigInt(to - from), divisor)
    : divide(unscaled, divisor * 10n ** BigInt(from - to));
}

function stripped(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** a × b, exact. */
export function times(a, b) {
  const [left, right] = [parse(a), parse(b)];
  return stripped(format(left.unscaled * right.unscaled, left.scale + right.scale));
}

/** a − b as unscaled × 10^-scale. */
function difference(a, b) {
  const [left, right] = [parse(a), parse(b)];
  const scale = Math.max(left.scale, right.scale);
  const at = ({ unscaled, scale: own }) => unscaled * 10n ** BigInt(scale - own);
  return { unscaled: at(left) - at(right), scale };
}

/** a − b, exact. */
export function minus(a, b) {
  const { unscaled, scale } = difference(a, b);
  return stripped(format(unscaled, scale));
}

/** a ÷ b with that many decimals; b is greater than 0. */
export function quotient(a, b, scale) {
  const [left, right] = [parse(a), parse(b)];
  return format(rescaled(left.unscaled * 10n ** BigInt(right.scale), left.scale, right.unscaled, scale), scale);
}

/** a ÷ b with 34 significant digits and without trailing zeros; both are greater than 0. */
export function ratio(a, b) {
  const [left, right] = [parse(a), parse(b)];
  const lengths = left.unscaled.toString().length - right.unscaled.toString().length;
  // The quotient of the unscaled numbers has one of two lengths, so the first attempt may have a digit too many.
  const scale = RATE_DIGITS - lengths + left.scale - right.scale;
  const first = at(scale);
  return stripped(first.digits > RATE_DIGITS ? at(scale - 1).text : first.text);

  function at(decimals) {
    const value = rescaled(left.unscaled * 10n ** BigInt(right.scale), left.scale, right.unscaled, decimals);
    return decimals >= 0
      ? { digits: value.toString().length, text: format(value, decimals) }
      : { digits: value.toString().length, text: format(value * 10n ** BigInt(-decimals), 0) };
  }
}

/** The text with that many decimals. */
export function rounded(text, scale) {
  return quotient(text, "1", scale);
}

/** amount × to ÷ from, rounded once, as the API computes a result. `from` and `to` are rates per euro. */
export function converted(amount, from, to, scale) {
  return quotient(times(amount, to), from, scale);
}

/** -1, 0 or 1 as a is less than, equal to or greater than b. */
export function compare(a, b) {
  const { unscaled } = difference(a, b);
  return unscaled === 0n ? 0 : unscaled < 0n ? -1 : 1;
}

/** The number of decimals. */
export function decimals(text) {
  return text.includes(".") ? text.length - 1 - text.indexOf(".") : 0;
}
