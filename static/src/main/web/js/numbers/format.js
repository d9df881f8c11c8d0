import { numberLocale, wordLocale } from "../state/language.js";
import { decimals } from "./decimal.js";

const AGES = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** Intl formats are slow to make and are used many times per second: one is kept for each locale and variant. */
function kept(make) {
  const formats = new Map();
  return (locale, variant = "") => {
    const key = locale + variant;
    if (!formats.has(key)) {
      formats.set(key, make(locale, variant));
    }
    return formats.get(key);
  };
}

const numbers = (options) => kept((locale) => new Intl.NumberFormat(locale, options));
const dates = (options) => kept((locale) => new Intl.DateTimeFormat(locale, options));
const names = (type) => kept((locale) => new Intl.DisplayNames(locale, { type }));

const withDecimals = kept((locale, digits) =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
const rates = numbers({ minimumSignificantDigits: 6, maximumSignificantDigits: 6 });
const changes = numbers({ style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" });
const percentages = numbers({ style: "unit", unit: "percent", maximumFractionDigits: 3 });
const signs = kept((locale, currency) =>
  new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" }));
const times = dates({ dateStyle: "medium", timeStyle: "medium" });
const days = dates({ dateStyle: "medium", timeZone: "UTC" });
const ages = kept((locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
const currencies = names("currency");
const countries = names("region");

/** The first format of each kind takes the browser up to 30 ms; each of these makes one, for a task of its own. */
export const FIRST_FORMATS = [
  () => amount("1"),
  () => rate("1"),
  () => time(0),
  () => age(new Date(0).toISOString(), 0),
];

/** A decimal in a locale with all its decimals. */
export function decimalIn(locale, text) {
  return withDecimals(locale, decimals(text)).format(text);
}

/** A decimal with all its decimals: results are already rounded to the currency's minor units. */
export function amount(text) {
  return decimalIn(numberLocale.value, text);
}

/** A rate with six significant digits. */
export function rate(text) {
  return rates(numberLocale.value).format(text);
}

/** A ratio, such as "0.0124", as a percentage with two decimals and its sign. */
export function change(text) {
  return changes(numberLocale.value).format(text);
}

/** A number of percent, such as "2.5". */
export function percent(text) {
  return percentages(numberLocale.value).format(text);
}

/** A local date and time, such as `6 Jul 2026, 16:00:00`. */
export function time(instant) {
  return times(wordLocale.value).format(new Date(instant));
}

/** A calendar day `YYYY-MM-DD`, such as `6 Jul 2026`. */
export function day(date) {
  return days(wordLocale.value).format(new Date(`${date}T00:00:00Z`));
}

/** A point of a series: a day, or a time. */
export function moment(at) {
  return at.length > 10 ? time(at) : day(at);
}

/** An age, such as `12 seconds ago`; a time in the future is due to a wrong clock and shown as now. */
export function age(instant, now) {
  const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000));
  const [unit, size] = AGES.find(([, length]) => seconds >= length) ?? ["second", 1];
  return ages(wordLocale.value).format(-Math.floor(seconds / size), unit);
}

/** The name of a currency in the reader's language; its code if there is none. */
export function currencyName(code) {
  return currencies(wordLocale.value).of(code);
}

/** The name of a country in the reader's language. */
export function countryName(code) {
  return countries(wordLocale.value).of(code);
}

/** The sign of a currency, such as `€`, or its code if it has none. */
export function sign(code) {
  return signs("en", code).formatToParts(0).find((part) => part.type === "currency").value;
}

/** The decimals of a currency's amounts. */
export function minorUnits(code) {
  return signs("en", code).resolvedOptions().maximumFractionDigits;
}
