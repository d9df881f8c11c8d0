import { numberLocale, wordLocale } from "../state/language.js";
import { decimals } from "./decimal.js";

const AGES = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

const formats = new Map();

/** Intl formats are slow to make and may be used many times per second. */
function cached(type, locale, options) {
  const key = `${type.name} ${locale} ${JSON.stringify(options)}`;
  if (!formats.has(key)) {
    formats.set(key, new type(locale, options));
  }
  return formats.get(key);
}

function number(text, options) {
  return cached(Intl.NumberFormat, numberLocale.value, options).format(text);
}

/** A decimal with all its decimals: results are already rounded to the currency's minor units. */
export function amount(text) {
  const digits = decimals(text);
  return number(text, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A rate with six significant digits. */
export function rate(text) {
  return number(text, { minimumSignificantDigits: 6, maximumSignificantDigits: 6 });
}

/** A ratio, such as "0.0124", as a percentage with two decimals and its sign. */
export function change(text) {
  return number(text, { style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" });
}

/** A number of percent, such as "2.5". */
export function percent(text) {
  return number(text, { style: "unit", unit: "percent", maximumFractionDigits: 3 });
}

/** A local date and time, such as `6 Jul 2026, 16:00:00`. */
export function time(instant) {
  return cached(Intl.DateTimeFormat, wordLocale.value, { dateStyle: "medium", timeStyle: "medium" }).format(new Date(instant));
}

/** A local time of day. */
export function clock(instant) {
  return cached(Intl.DateTimeFormat, wordLocale.value, { hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
}

/** A calendar day `YYYY-MM-DD`, such as `6 Jul 2026`. */
export function day(date) {
  return cached(Intl.DateTimeFormat, wordLocale.value, { dateStyle: "medium", timeZone: "UTC" })
    .format(new Date(`${date}T00:00:00Z`));
}

/** A point of a series: a day, or a time. */
export function moment(at) {
  return at.length > 10 ? time(at) : day(at);
}

/** An age, such as `12 seconds ago`; a time in the future is due to a wrong clock and shown as now. */
export function age(instant, now) {
  const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000));
  const [unit, size] = AGES.find(([, length]) => seconds >= length) ?? ["second", 1];
  return cached(Intl.RelativeTimeFormat, wordLocale.value, { numeric: "auto" }).format(-Math.floor(seconds / size), unit);
}

/** The name of a currency in the reader's language; its code if there is none. */
export function currencyName(code) {
  return cached(Intl.DisplayNames, wordLocale.value, { type: "currency" }).of(code);
}

/** The name of a country in the reader's language. */
export function countryName(code) {
  return cached(Intl.DisplayNames, wordLocale.value, { type: "region" }).of(code);
}

/** The sign of a currency, such as `€`, or its code if it has none. */
export function sign(code) {
  return cached(Intl.NumberFormat, "en", { style: "currency", currency: code, currencyDisplay: "narrowSymbol" })
    .formatToParts(0)
    .find((part) => part.type === "currency").value;
}
