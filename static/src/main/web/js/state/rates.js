import { batch, computed, signal } from "../../vendor/signals-core/signals-core.js";
import { getJson } from "../api/client.js";
import { RateStream } from "../api/stream.js";
import { converted, ratio } from "../numbers/decimal.js";
import { read, write } from "./stored.js";

const SAVE_INTERVAL = 5_000;
const EURO = { rate: "1", sources: [], stale: false, simulated: false };

/** Every known rate per euro by code: `{ rate, asOf, sources, stale, simulated }`, and the version of the book they are from. */
export const book = signal({ version: 0, rates: {} });

/** `connecting`, `open`, `silent` or `lost`; `paused` by the reader. */
export const connection = signal("connecting");

/** How often the stream was opened. Another node may serve after that. */
export const openings = signal(0);

/** The feeds of the book. */
export const sources = computed(() => [...new Set(Object.values(book.value.rates).flatMap((quote) => quote.sources))].sort());

const stream = new RateStream({ rates: receive, opened, lost, silent });
let savedAt = 0;

/** Whether there is a rate of both. */
export function knows(...codes) {
  return codes.every((code) => code === "EUR" || book.value.rates[code] !== undefined);
}

function perEuro(code) {
  return code === "EUR" ? EURO : book.value.rates[code];
}

/** The cross rate of a pair as in the API: `{ rate, asOf, sources, stale, simulated }`; undefined if it is not known. */
export function quoteOf(from, to) {
  const [base, quote] = [perEuro(from), perEuro(to)];
  return base && quote && {
    rate: ratio(quote.rate, base.rate),
    asOf: [base.asOf, quote.asOf].filter(Boolean).sort()[0],
    sources: [...new Set([...base.sources, ...quote.sources])],
    stale: base.stale || quote.stale,
    simulated: base.simulated || quote.simulated,
  };
}

/** The amount in the other currency, rounded once; both rates are known. */
export function convert(amount, from, to, scale) {
  return converted(amount, perEuro(from).rate, perEuro(to).rate, scale);
}

function receive({ version, rates, whole }) {
  if (version < book.value.version) {
    return;
  }
  const quotes = whole ? {} : { ...book.value.rates };
  for (const [pair, quote] of Object.entries(rates)) {
    const code = pair.slice(4);
    if (quote === null) {
      delete quotes[code];
    } else {
      const { rate, asOf, source, stale, simulated = false } = quote;
      quotes[code] = { rate, asOf, sources: source.split("+"), stale, simulated };
    }
  }
  batch(() => {
    book.value = { version, rates: quotes };
    connection.value = "open";
  });
  if (Date.now() - savedAt > SAVE_INTERVAL) {
    save();
  }
}

function opened() {
  batch(() => {
    connection.value = "open";
    openings.value += 1;
  });
}

/** Without a connection the last rates of this browser are better than none; their age is shown. */
function lost() {
  const saved = book.value.version === 0 && read("book", (value) => value.version > 0 && typeof value.rates === "object");
  batch(() => {
    connection.value = "lost";
    if (saved) {
      book.value = saved;
    }
  });
}

/** A stream may hang while the server has newer rates. Then the rates shown are stale, and a new stream continues. */
async function silent() {
  try {
    const { body } = await getJson("/api/v1/rates", { symbols: "USD" });
    if (body.version > book.value.version) {
      connection.value = "silent";
      stream.start();
    }
  } catch {
    lost();
  }
}

function save() {
  if (book.value.version > 0) {
    savedAt = Date.now();
    write("book", book.value);
  }
}

export function pause() {
  stream.stop();
  connection.value = "paused";
}

export function resume() {
  connection.value = "connecting";
  stream.start();
}

/** Follows the rates while the page is visible. */
export function startRates() {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      save();
      stream.stop();
    } else if (connection.value !== "paused") {
      stream.start();
    }
  });
  window.addEventListener("pagehide", save);
  if (!document.hidden) {
    stream.start();
  }
}
