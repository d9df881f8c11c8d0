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
import { newer, quoteOfAnswer, quoteOfEvent } from "./quote.js";
import { RateStream } from "./rate-stream.js";
import { Receipt } from "./receipt.js";

const DEFAULTS = { from: "EUR", to: "USD", amount: "100" };
/** Milliseconds between the last key and the question, and until a failed question is asked again. */
const TYPING_PAUSE = 120;
const RETRY_DELAY = 2_000;
const CATCH_UP_DELAY = 1_000;

const readerLocale = navigator.language;
const pageLocale = navigator.languages.find((language) => language.startsWith("en")) ?? "en-GB";

const amountField = document.getElementById("amount");
const amountError = document.getElementById("amount-error");
const stateMark = document.getElementById("state");
const notice = document.getElementById("notice");

const display = new Display(readerLocale, pageLocale);
const entry = new NumberEntry(readerLocale);
const receipt = new Receipt(display);
const announcer = new Announcer(document.getElementById("announcement"));
const from = new Picker(document.getElementById("from"), () => picked(from, to));
const to = new Picker(document.getElementById("to"), () => picked(to, from));
const board = new Board(document.getElementById("board"), document.getElementById("board-base"), display, pickTo);
const stream = new RateStream(ratesArrived, connectionChanged);
const conversions = new Latest();

let currencies;
let connected;
let quote;
let answered;
let failure;
let asking;
/** Whether the reader asked for something that no answer was read aloud for; the ticking of a rate is silent. */
let unspoken = false;
let lastPair = { from: DEFAULTS.from, to: DEFAULTS.to };

function pairNow() {
  return `${from.code}/${to.code}`;
}

// What the reader does.

function picked(changed, other) {
  if (changed.code === other.code) {
    // The same currency twice converts nothing: the other side takes what this one was.
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
  unspoken = true;
  follow();
  convert();
}

function amountTyped() {
  amountField.dataset.size = sizeFor(amountField.value);
  unspoken = true;
  ask(TYPING_PAUSE);
}

function amountLeft() {
  const { amount } = entry.parse(amountField.value);
  if (amount !== undefined) {
    amountField.value = entry.format(amount);
    amountField.dataset.size = sizeFor(amountField.value);
  }
}

// Asking and being answered.

function ask(delay) {
  clearTimeout(asking);
  asking = setTimeout(convert, delay);
}

function convert() {
  clearTimeout(asking);
  const { amount, problem } = entry.parse(amountField.value);
  showAmountProblem(problem);
  if (problem !== undefined) {
    conversions.cancel();
    answered = undefined;
    failure = undefined;
    receipt.clearResult();
    showState();
    return;
  }
  const question = { from: from.code, to: to.code, amount };
  history.replaceState(null, "", writeLink(question));
  conversions.ask(
    (signal) => getJson("/api/v1/convert", question, signal),
    ({ body, servedBy }) => convertAnswered(question, body, servedBy),
    (reason) => convertFailed(question, reason),
  );
}

function convertAnswered(question, answer, servedBy) {
  failure = undefined;
  answered = { ...question, version: answer.version };
  const result = receipt.showResult(answer);
  receipt.showServedBy(servedBy);
  quote = newer(quote, quoteOfAnswer(answer));
  receipt.showQuote(quote);
  showState();
  const sentence = `${display.amount(question.amount)} ${answer.from} = ${result} ${answer.to}`;
  document.title = `${sentence} – Ratemesh`;
  if (unspoken) {
    unspoken = false;
    announcer.say(sentence);
  }
  if (quote.version > answer.version) {
    // This node has not heard of the book yet that the stream's node has.
    ask(CATCH_UP_DELAY);
  }
}

function convertFailed(question, reason) {
  failure = reason;
  if (answered && writeLink(answered) !== writeLink(question)) {
    answered = undefined;
  }
  if (!answered) {
    receipt.clearResult();
  }
  if (quote?.pair !== pairNow()) {
    quote = undefined;
    receipt.clearQuote();
  }
  showState();
  if (unspoken) {
    unspoken = false;
    announcer.say(reason.message);
  }
  if (reason.passing) {
    ask((reason.retryAfter ?? 0) * 1000 || RETRY_DELAY);
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

// What the stream brings.

function follow() {
  if (currencies) {
    stream.follow([...new Set([pairNow(), ...board.show(currencies, from.code, to.code)])]);
  }
}

function ratesArrived(event) {
  board.update(event.rates);
  const arrived = quoteOfEvent(event, pairNow());
  if (arrived === undefined || (quote?.pair === arrived.pair && quote.version >= arrived.version)) {
    return;
  }
  quote = arrived;
  receipt.showQuote(quote);
  showState();
  convert();
}

function connectionChanged(now) {
  const back = now && connected === false;
  connected = now;
  showState();
  if (back && failure) {
    convert();
  }
}

// What is shown beside the numbers.

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

// Starting.

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
amountField.addEventListener("change", amountLeft);
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
