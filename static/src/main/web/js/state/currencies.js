import { computed, signal } from "../../vendor/signals-core/signals-core.js";
import { getJson } from "../api/client.js";
import { minorUnits } from "../numbers/format.js";
import { codes, read, stored, write } from "./stored.js";

const RETRY_DELAY = 2_000;
const RECENT = 6;
/** In order of their share of global trading. */
const COMMON = ["USD", "EUR", "JPY", "GBP", "CNY", "CHF", "AUD", "CAD", "INR"];

/** Currencies of the API by code: `{ scale, current, firstDay }`. */
const known = signal(new Map(read("currencies", Array.isArray) ?? []));

/** Marked by the reader, in the order of marking. */
export const favourites = stored("favourites", [], codes);
/** Used lately, newest first. */
export const recents = stored("recents", [], codes);

/** Currencies with a current rate. */
export const current = computed(() => [...known.value].filter(([, each]) => each.current).map(([code]) => code));

/** Currencies with a rate on some past day or now. */
export const historical = computed(() =>
  [...known.value].filter(([, each]) => each.current || each.firstDay !== null).map(([code]) => code));

/** Favourites, recents and the most traded, each once: offered before all others. */
export const preferred = computed(() => [...new Set([...favourites.value, ...recents.value, ...COMMON])]);

/** Decimals of an amount; as the browser knows them until the API has told. */
export function scaleOf(code) {
  return known.value.get(code)?.scale ?? minorUnits(code);
}

export function toggleFavourite(code) {
  favourites.value = favourites.value.includes(code)
    ? favourites.value.filter((each) => each !== code)
    : [...favourites.value, code];
}

export function noteUse(code) {
  recents.value = [code, ...recents.value.filter((each) => each !== code)].slice(0, RECENT);
}

/** Loads the currencies, and tries again until the server has rates. */
export async function loadCurrencies() {
  try {
    const { body } = await getJson("/api/v1/currencies");
    if (body.currencies.some((each) => each.current)) {
      const entries = body.currencies.map(({ code, scale, current: now, firstDay }) => [code, { scale, current: now, firstDay }]);
      known.value = new Map(entries);
      write("currencies", entries);
      return;
    }
  } catch {
    // Tried again below.
  }
  setTimeout(loadCurrencies, RETRY_DELAY);
}
