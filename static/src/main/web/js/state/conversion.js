import { batch, computed, effect, signal } from "../../vendor/signals-core/signals-core.js";
import { getJson } from "../api/client.js";
import { Latest } from "../api/latest.js";
import { minus, quotient, ratio, rounded, times } from "../numbers/decimal.js";
import { NumberEntry } from "../numbers/entry.js";
import { amount as shown } from "../numbers/format.js";
import { noteUse, scaleOf } from "./currencies.js";
import { numberLocale } from "./language.js";
import { book, connection, convert, knows, openings, quoteOf } from "./rates.js";

const DEFAULTS = { from: "EUR", to: "USD", amount: "100" };
/** Milliseconds from the last key to the request, and from a temporary failure to the next one. */
const TYPING_PAUSE = 120;
const RETRY_DELAY = 2_000;
const REFRESH_INTERVAL = 10_000;

export const from = signal(DEFAULTS.from);
export const to = signal(DEFAULTS.to);
/** The field in which the reader typed last: `from` or `to`. The other one shows the result. */
export const side = signal("from");
/** The text of that field. */
export const text = signal("");
/** A past day `YYYY-MM-DD`; empty for the current rate. */
export const date = signal("");
/** Percent by which a provider's rate is worse than the mid-market rate. */
export const markup = signal("0");
/** Whether the result is shown with all its digits. */
export const precise = signal(false);

export const entry = computed(() => new NumberEntry(numberLocale.value));

/** What the reader typed: `{ amount }`, or `{ problem, values }`. */
export const entered = computed(() => entry.value.parse(text.value));

/** The currencies in the order of the conversion: that of the typed amount first. */
const pair = computed(() => (side.value === "from" ? [from.value, to.value] : [to.value, from.value]));

const request = computed(() => {
  const { amount } = entered.value;
  const [source, target] = pair.value;
  return amount === undefined ? undefined : { from: source, to: target, amount, ...(date.value && { date: date.value }) };
});

/** The newest response of the API with its request, and why there is none. */
const answer = signal(undefined);
export const failure = signal(undefined);
/** The node that answered. */
export const servedBy = signal(undefined);
/** Counts results that the reader asked for, unlike those of a tick. */
export const asked = signal(0);

/** The response to exactly the current request. */
const response = computed(() =>
  request.value && answer.value?.key === key(request.value) ? answer.value.response : undefined);

/** Whether the stream has the pair, and a book no older than that of the response. */
const live = computed(() =>
  date.value === "" && knows(from.value, to.value) && book.value.version >= (response.value?.version ?? 0));

/** The rate that is shown, of one `from` in `to`: `{ rate, asOf, date, sources, stale, simulated }`; undefined if there is none. */
export const quote = computed(() => {
  if (live.value) {
    return quoteOf(from.value, to.value);
  }
  const known = response.value;
  return known && { ...known, rate: known.from === from.value ? known.rate : ratio("1", known.rate) };
});

/** The rate after the markup. */
export const effectiveRate = computed(() =>
  quote.value && (markup.value === "0" ? quote.value.rate : times(quote.value.rate, quotient(minus("100", markup.value), "100", 8))));

/** The amount at the effective rate with all its digits; undefined if there is none. */
const unrounded = computed(() => {
  const { amount } = entered.value;
  if (amount === undefined || quote.value === undefined) {
    return undefined;
  }
  if (/^[0.]+$/.test(amount)) {
    return "0";
  }
  return side.value === "from" ? times(amount, effectiveRate.value) : ratio(amount, effectiveRate.value);
});

/** The result as a decimal of the other field; undefined if there is none. */
export const result = computed(() => {
  const [source, target] = pair.value;
  const { amount } = entered.value;
  if (unrounded.value === undefined) {
    return undefined;
  }
  if (markup.value !== "0") {
    return rounded(unrounded.value, scaleOf(target));
  }
  return live.value ? convert(amount, source, target, scaleOf(target)) : response.value?.result;
});

/** The result to 34 significant digits and its currency, on demand. */
export const exact = computed(() =>
  !precise.value || unrounded.value === undefined || unrounded.value === "0" ? undefined : ratio(unrounded.value, "1"));
export const exactCurrency = computed(() => pair.value[1]);

/** What the markup costs in the target currency; undefined without one. */
export const cost = computed(() =>
  markup.value === "0" || side.value !== "from" || result.value === undefined
    ? undefined
    : rounded(minus(rounded(times(entered.value.amount, quote.value.rate), scaleOf(to.value)), result.value), scaleOf(to.value)));

/** Amounts of both fields as decimals; undefined where there is none. */
export const amounts = computed(() => ({
  [side.value]: entered.value.amount,
  [side.value === "from" ? "to" : "from"]: result.value,
}));

/** `100 EUR = 114.15 USD`, or undefined. */
export const sentence = computed(() => {
  const { from: left, to: right } = amounts.value;
  return left && right && `${shown(left)} ${from.value} = ${shown(right)} ${to.value}`;
});

function key(wanted) {
  return new URLSearchParams(wanted).toString();
}

// What the reader does.

export function type(field, typed) {
  batch(() => {
    side.value = field;
    text.value = typed;
  });
}

/** Writes the typed amount as the reader's locale does. */
export function tidy() {
  const { amount } = entered.value;
  if (amount !== undefined) {
    text.value = entry.value.format(amount);
  }
}

/** Chooses a currency; if the other side has it, the sides change places. */
export function pick(field, code) {
  const [own, other] = field === "from" ? [from, to] : [to, from];
  batch(() => {
    if (other.value === code) {
      other.value = own.value;
    }
    own.value = code;
  });
  noteUse(code);
}

/** Exchanges the currencies and keeps the amount. */
export function swap() {
  batch(() => {
    [from.value, to.value] = [to.value, from.value];
  });
}

/** Shows what a link describes. */
export function restore(link) {
  const base = link.from ?? DEFAULTS.from;
  const given = link.amount ?? DEFAULTS.amount;
  const fallback = base === DEFAULTS.to ? DEFAULTS.from : DEFAULTS.to;
  batch(() => {
    from.value = base;
    to.value = link.to === undefined || link.to === base ? fallback : link.to;
    side.value = link.side ?? "from";
    date.value = link.date ?? "";
    markup.value = link.markup ?? "0";
    text.value = /^\d{1,30}(\.\d{1,18})?$/.test(given) ? entry.value.format(given) : given;
  });
}

// Requests.

const requests = new Latest();
let timer;

function ask(wanted, byReader) {
  requests.run(
    (abort) => getJson("/api/v1/convert", wanted, abort),
    ({ body, servedBy: node }) => batch(() => {
      answer.value = { key: key(wanted), response: body };
      failure.value = undefined;
      servedBy.value = node;
      asked.value += byReader ? 1 : 0;
    }),
    (reason) => {
      batch(() => {
        failure.value = reason;
        asked.value += byReader ? 1 : 0;
      });
      // A page without a connection asks again when it has one.
      if (reason.temporary && connection.peek() !== "lost") {
        later(wanted, (reason.retryAfter ?? 0) * 1000 || RETRY_DELAY, false);
      }
    },
  );
}

function askAgain() {
  if (request.peek() && !date.peek()) {
    ask(request.peek(), false);
  }
}

function later(wanted, delay, byReader) {
  clearTimeout(timer);
  timer = setTimeout(() => ask(wanted, byReader), delay);
}

/** Asks the API whenever the request changes. Ticks need no request: the stream has their rates. */
export function startConversions() {
  let typed;
  effect(() => {
    const wanted = request.value;
    clearTimeout(timer);
    requests.cancel();
    failure.value = undefined;
    if (wanted) {
      const typing = typed !== undefined && text.peek() !== typed;
      typed = text.peek();
      later(wanted, typing ? TYPING_PAUSE : 0, true);
    }
  });
  // After a break, and now and then, to show which node answers.
  effect(() => {
    if (openings.value > 1 || (openings.value === 1 && failure.peek())) {
      askAgain();
    }
  });
  setInterval(() => document.hidden || connection.peek() !== "open" || askAgain(), REFRESH_INTERVAL);
}
