import { decimals } from "./decimal.js";

const SOURCES = {
  coinbase: "Coinbase",
  ecb: "European Central Bank",
  "open-er-api": "ExchangeRate-API",
  "currency-api": "Currency-api",
  "eu-1103/97": "Fixed by Regulation (EC) 1103/97",
  simulated: "Simulation",
};

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** Formats numbers in the user's locale, and times and words in the page's language. */
export class Display {
  #numbers;
  #rate;
  #absolute;
  #relative;

  constructor(numberLocale, wordLocale) {
    this.#numbers = numberLocale;
    this.#rate = new Intl.NumberFormat(numberLocale, { minimumSignificantDigits: 6, maximumSignificantDigits: 6 });
    this.#absolute = new Intl.DateTimeFormat(wordLocale, { dateStyle: "medium", timeStyle: "medium" });
    this.#relative = new Intl.RelativeTimeFormat(wordLocale, { numeric: "auto" });
  }

  /** An amount with all its decimals; the server rounds to the currency's minor units. */
  amount(text) {
    const digits = decimals(text);
    return new Intl.NumberFormat(this.#numbers, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(text);
  }

  /** Six significant digits. */
  rate(text) {
    return this.#rate.format(text);
  }

  /** Local time, such as `6 Jul 2026, 16:00:00`. */
  time(instant) {
    return this.#absolute.format(new Date(instant));
  }

  /** Age, such as `12 seconds ago`; a time in the future is due to a wrong clock and shown as now. */
  age(instant, now) {
    const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000));
    const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? ["second", 1];
    return this.#relative.format(-Math.floor(seconds / size), unit);
  }

  sources(names) {
    return names.map((name) => SOURCES[name] ?? name).join(", ");
  }
}

/** Returns the size of a figure so that it fits its line. */
export function sizeFor(text) {
  return text.length <= 11 ? "l" : text.length <= 16 ? "m" : text.length <= 22 ? "s" : "xs";
}
