import { decimalIn } from "./format.js";

/** The API accepts amounts below 10^30 with at most 18 decimals. */
const MAX_WHOLE_DIGITS = 30;
const MAX_DECIMALS = 18;

/** The zeros of supported digit sets: Arabic-Indic, Persian, Devanagari, Bengali, full-width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];

const DIRECTION_MARKS = /[\u061c\u200e\u200f\u2066-\u2069]/g;
const CURRENCY_MARK = /^(?:\p{Sc}|[A-Z]{3})\s*|\s*(?:\p{Sc}|[A-Z]{3})$/gu;
const NEGATIVE = /^[-\u2212\u2013]/;
/** Characters that group digits in some locale and are a decimal sign in none. */
const PLAIN_GROUPING = " \u00a0\u2009\u202f'\u2019\u066c";

/** Converts amounts between the reader's locale and the API's format `digits[.digits]`. */
export class NumberEntry {
  #locale;
  #decimalSigns;
  #groupSigns;
  #groupSize = 3;
  #upperGroupSize = 3;

  constructor(locale) {
    this.#locale = locale;
    const sample = new Intl.NumberFormat(locale).formatToParts(1234567890.5);
    const find = (type) => sample.find((part) => part.type === type)?.value ?? "";
    this.#decimalSigns = find("decimal") + "\u066b";
    this.#groupSigns = [...(find("group") + PLAIN_GROUPING)].filter((sign) => !this.#decimalSigns.includes(sign));
    const groups = sample.filter((part) => part.type === "integer");
    if (groups.length > 2) {
      this.#groupSize = groups.at(-1).value.length;
      this.#upperGroupSize = groups.at(-2).value.length;
    }
  }

  /** Formats a decimal of the API in the reader's locale, with all its decimals. */
  format(amount) {
    return decimalIn(this.#locale, amount);
  }

  /** Returns `{ amount }` for the API, or `{ problem, values }`: the key of a message for the reader, and what it contains. */
  parse(text) {
    const entered = latinDigits(text).replace(DIRECTION_MARKS, "").trim();
    if (entered === "") {
      return { problem: "amount-missing" };
    }
    const number = entered.replace(CURRENCY_MARK, "");
    if (NEGATIVE.test(number)) {
      return { problem: "amount-negative" };
    }
    const [whole, fraction = "", ...more] = this.#split(number, this.#decimalSigns);
    const groups = this.#split(whole, this.#groupSigns);
    if (more.length > 0 || ![...groups, fraction].every(isDigits) || whole + fraction === "") {
      return this.#withExample("amount-invalid");
    }
    if (!this.#wellGrouped(whole, groups)) {
      return this.#withExample("amount-grouping");
    }
    return bounded(groups.join(""), fraction);
  }

  #withExample(problem) {
    return { problem, values: { example: this.format("1234.56") } };
  }

  #split(text, signs) {
    const parts = [""];
    for (const character of text) {
      if (signs.includes(character)) {
        parts.push("");
      } else {
        parts[parts.length - 1] += character;
      }
    }
    return parts;
  }

  #wellGrouped(whole, groups) {
    if (groups.length === 1) {
      return true;
    }
    const sameSign = new Set(whole.replace(/\d/g, "")).size === 1;
    return sameSign && (grouped(groups, 3, 3) || grouped(groups, this.#groupSize, this.#upperGroupSize));
  }
}

function grouped(groups, size, upperSize) {
  const [first, ...rest] = groups;
  const last = rest.pop();
  return first.length > 0 && first.length <= upperSize && rest.every((group) => group.length === upperSize)
    && last.length === size;
}

function isDigits(text) {
  return /^\d*$/.test(text);
}

function bounded(whole, fraction) {
  const significant = whole.replace(/^0+(?=\d)/, "") || "0";
  if (significant.length > MAX_WHOLE_DIGITS) {
    return { problem: "amount-too-large", values: { digits: MAX_WHOLE_DIGITS } };
  }
  if (fraction.length > MAX_DECIMALS) {
    return { problem: "amount-too-precise", values: { digits: MAX_DECIMALS } };
  }
  return { amount: fraction === "" ? significant : `${significant}.${fraction}` };
}

function latinDigits(text) {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0);
    const zero = ZEROS.find((start) => code >= start && code < start + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}
