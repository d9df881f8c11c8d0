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

/** Numbers as the reader's locale writes them, times and words as the page's language does. */
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

  /** An amount with the decimals it came with: the server gives a currency's minor units. */
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

  /** `6 Jul 2026, 16:00:00`, where the reader is. */
  time(instant) {
    return this.#absolute.format(new Date(instant));
  }

  /** `12 seconds ago`; a time that seems to come is a clock that is wrong, and shown as now. */
  age(instant, now) {
    const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000));
    const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? ["second", 1];
    return this.#relative.format(-Math.floor(seconds / size), unit);
  }

  sources(names) {
    return names.map((name) => SOURCES[name] ?? name).join(", ");
  }
}

/** How big a figure can be set so that it fits its line. */
export function sizeFor(text) {
  return text.length <= 11 ? "l" : text.length <= 16 ? "m" : text.length <= 22 ? "s" : "xs";
}
