import { Announcer } from "./announcer.js";
import { getJson } from "./api.js";
import { Board } from "./board.js";
import { Currencies } from "./currencies.js";
import { readLink, writeLink } from "./deep-link.js";
import { Display, sizeFor } from "./display.js";
import { Latest } from "./latest.js";
import { liveState } from "./live-state.js";
import { NumberEntry } from "./number-entry.js";
import { Picker } from "./picker.js";
import { newer, quoteOfResponse, quoteOfEvent } from "./quote.js";
import { RateStream } from "./rate-stream.js";
import { Receipt } from "./receipt.js";

const DEFAULTS = { from: "EUR", to: "USD", amount: "100" };
/** Milliseconds from the last key to the request, and from a failure or an outdated response to the next request. */
const TYPING_PAUSE = 120;
const RETRY_DELAY = 2_000;
const CATCH_UP_DELAY = 1_000;

const userLocale = navigator.language;
const pageLocale = navigator.languages.find((language) => language.startsWith("en")) ?? "en-GB";

const amountField = document.getElementById("amount");
const amountError = document.getElementById("amount-error");
const stateMark = document.getElementById("state");
const notice = document.getElementById("notice");

const display = new Display(userLocale, pageLocale);
const entry = new NumberEntry(userLocale);
const receipt = new Receipt(display);
const announcer = new Announcer(document.getElementById("announcement"));
const from = new Picker(document.getElementById("from"), () => picked(from, to));
const to = new Picker(document.getElementById("to"), () => picked(to, from));
const board = new Board(document.getElementById("board"), document.getElementById("board-base"), display, pickTo);
const stream = new RateStream(ratesReceived, connectionChanged);
const conversions = new Latest();

let currencies;
let connected;
let quote;
/** The conversion that is shown. */
let shown;
let failure;
let timer;
/** Whether the result of a user action has not been announced yet; changes of the rate are not announced. */
let unannounced = false;
let lastPair = { from: DEFAULTS.from, to: DEFAULTS.to };

function pairNow() {
  return `${from.code}/${to.code}`;
}

// User actions.

function picked(changed, other) {
  if (changed.code === other.code) {
    // The two currencies must differ: the other one becomes what this one was.
    other.code = changed === from ? lastPair.from : lastPair.to;
  }
  pairChanged();
}

function pickTo(code) {
  to.code = code;
  pairChanged();
}

function swap() {
  [from.code, to.code] = [to.code, from.code];
  pairChanged();
}

function pairChanged() {
  lastPair = { from: from.code, to: to.code };
  unannounced = true;
  follow();
  convert();
}

function amountTyped() {
  amountField.dataset.size = sizeFor(amountField.value);
  unannounced = true;
  schedule(TYPING_PAUSE);
}

function amountCommitted() {
  const { amount } = entry.parse(amountField.value);
  if (amount !== undefined) {
    amountField.value = entry.format(amount);
    amountField.dataset.size = sizeFor(amountField.value);
  }
}

// Requests and responses.

function schedule(delay) {
  clearTimeout(timer);
  timer = setTimeout(convert, delay);
}

function convert() {
  clearTimeout(timer);
  const { amount, problem } = entry.parse(amountField.value);
  showAmountProblem(problem);
  if (problem !== undefined) {
    conversions.cancel();
    shown = undefined;
    failure = undefined;
    receipt.clearResult();
    showState();
    return;
  }
  const request = { from: from.code, to: to.code, amount };
  history.replaceState(null, "", writeLink(request));
  conversions.run(
    (signal) => getJson("/api/v1/convert", request, signal),
    ({ body, servedBy }) => converted(request, body, servedBy),
    (reason) => convertFailed(request, reason),
  );
}

function converted(request, response, servedBy) {
  failure = undefined;
  shown = { ...request, version: response.version };
  const result = receipt.showResult(response);
  receipt.showServedBy(servedBy);
  quote = newer(quote, quoteOfResponse(response));
  receipt.showQuote(quote);
  showState();
  const sentence = `${display.amount(request.amount)} ${response.from} = ${result} ${response.to}`;
  document.title = `${sentence} – Ratemesh`;
  if (unannounced) {
    unannounced = false;
    announcer.say(sentence);
  }
  if (quote.version > response.version) {
    // This node does not have the book yet that the stream's node has.
    schedule(CATCH_UP_DELAY);
  }
}

function convertFailed(request, reason) {
  failure = reason;
  if (shown && writeLink(shown) !== writeLink(request)) {
    shown = undefined;
  }
  if (!shown) {
    receipt.clearResult();
  }
  if (quote?.pair !== pairNow()) {
    quote = undefined;
    receipt.clearQuote();
  }
  showState();
  if (unannounced) {
    unannounced = false;
    announcer.say(reason.message);
  }
  if (reason.temporary) {
    schedule((reason.retryAfter ?? 0) * 1000 || RETRY_DELAY);
  }
}

function showAmountProblem(problem) {
  amountError.textContent = problem ?? "";
  if (problem === undefined) {
    amountField.removeAttribute("aria-invalid");
  } else {
    amountField.setAttribute("aria-invalid", "true");
  }
}

// Events of the stream.

function follow() {
  if (currencies) {
    stream.follow([...new Set([pairNow(), ...board.show(currencies, from.code, to.code)])]);
  }
}

function ratesReceived(event) {
  board.update(event.rates);
  const received = quoteOfEvent(event, pairNow());
  if (received === undefined || (quote?.pair === received.pair && quote.version >= received.version)) {
    return;
  }
  quote = received;
  receipt.showQuote(quote);
  showState();
  convert();
}

function connectionChanged(now) {
  const reconnected = now && connected === false;
  connected = now;
  showState();
  if (reconnected && failure) {
    convert();
  }
}

// State and notice.

function showState() {
  const now = Date.now();
  const { state, word, meaning } = liveState(connected, quote, now);
  if (stateMark.textContent !== word) {
    stateMark.textContent = word;
    stateMark.dataset.state = state;
    stateMark.toggleAttribute("data-connecting", connected === undefined);
    if (connected !== undefined) {
      announcer.say(`${word}. ${meaning}`);
    }
  }
  const message = failure?.message ?? meaning;
  if (notice.textContent !== message) {
    notice.textContent = message;
  }
  notice.toggleAttribute("data-failure", failure !== undefined);
  receipt.showAge(now);
}

// Start.

async function loadCurrencies() {
  try {
    currencies = await Currencies.load();
  } catch {
    setTimeout(loadCurrencies, RETRY_DELAY);
    connectionChanged(false);
    return;
  }
  from.offer(currencies);
  to.offer(currencies);
  if (!currencies.has(lastPair.from) || !currencies.has(lastPair.to)) {
    restorePair({});
    convert();
  }
  follow();
}

function restorePair(link) {
  from.code = link.from ?? DEFAULTS.from;
  to.code = link.to ?? DEFAULTS.to;
  if (from.code === to.code) {
    to.code = from.code === DEFAULTS.to ? DEFAULTS.from : DEFAULTS.to;
  }
  lastPair = { from: from.code, to: to.code };
}

function restore() {
  const link = readLink(location.search);
  restorePair(link);
  const amount = link.amount ?? DEFAULTS.amount;
  amountField.value = /^\d+(\.\d{1,18})?$/.test(amount) ? entry.format(amount) : amount;
  amountField.dataset.size = sizeFor(amountField.value);
}

amountField.addEventListener("input", amountTyped);
amountField.addEventListener("change", amountCommitted);
document.getElementById("swap").addEventListener("click", swap);
document.getElementById("converter").addEventListener("submit", (event) => {
  event.preventDefault();
  convert();
});
document.addEventListener("visibilitychange", () => (document.hidden ? stream.pause() : stream.resume()));
window.addEventListener("offline", () => stream.networkLost());
window.addEventListener("online", () => document.hidden || stream.resume());

restore();
convert();
loadCurrencies();
setInterval(() => document.hidden || showState(), 1_000);
