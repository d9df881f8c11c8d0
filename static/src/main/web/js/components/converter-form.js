import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { signal } from "../../vendor/signals-core/signals-core.js";
import { day, percent } from "../numbers/format.js";
import {
  date, entry, failure, from, markup, pick, precise, quote, result, sentence, swap, tidy, to,
} from "../state/conversion.js";
import { current, favourites, historical, toggleFavourite } from "../state/currencies.js";
import { t } from "../state/language.js";
import { liveState, weekend } from "../state/live-state.js";
import { amountField } from "./amount-field.js";
import { announceNow } from "./announcer.js";
import { CurrencyPicker } from "./currency-picker.js";
import { failureText } from "./failure-text.js";
import { icon } from "./icons.js";
import { rateDetails } from "./rate-details.js";

const FIRST_DAY = "1999-01-04";
const MARKUPS = ["0", "2", "3", "5"];

const offered = () => (date.value ? historical.value : current.value);
const fromPicker = new CurrencyPicker({ id: "from", label: "from", code: () => from.value, offered, pick: (code) => pick("from", code) });
const toPicker = new CurrencyPicker({ id: "to", label: "to", code: () => to.value, offered, pick: (code) => pick("to", code) });
/** Whether the reader enters a markup of their own. */
const ownMarkup = signal(false);
const ownProblem = signal(false);

/** The form: two amounts with their currencies, what the rate is, and what can be done with the result. */
export function converterForm() {
  return html`<h1 class="visually-hidden">${t("title")}</h1>
    <form class="converter" action="/api/v1/convert" autocomplete="off" @submit=${submitted}>
      <div class="side">${amountField("from", "amount", "amount")}${currency(fromPicker, from)}</div>
      <div class="seam"><button class="swap" id="swap" type="button" aria-label=${t("swap")} title=${t("swap")} @click=${swap}>${icon("swap")}</button></div>
      <div class="side side-result">${amountField("to", "converted", "converted")}${currency(toPicker, to)}</div>
      <p class="notice" id="notice" ?data-failure=${failure.value !== undefined && result.value === undefined}>${notice()}</p>
      ${rateDetails()}
      <div class="options">${markups()}${dateField()}</div>
      <div class="actions">
        <button type="button" id="copy-result" ?disabled=${!sentence.value} @click=${() => copy(sentence.value, "copied-result")}>${t("copy-result")}</button>
        <button type="button" id="copy-link" @click=${() => copy(location.href, "copied-link")}>${t("copy-link")}</button>
        <button type="button" id="precise" aria-pressed=${precise.value} @click=${() => { precise.value = !precise.value; }}>${t("precise")}</button>
      </div>
    </form>`;
}

function currency(picker, code) {
  const favourite = favourites.value.includes(code.value);
  return html`<div class="currency">${picker.view()}
    <button class="star" type="button" aria-pressed=${favourite} aria-label=${t("favourite", { code: code.value })}
      title=${t("favourite", { code: code.value })} @click=${() => toggleFavourite(code.value)}>${icon("star")}</button></div>`;
}

function submitted(event) {
  event.preventDefault();
  tidy();
}

/** One line that says what the reader should know about the rate, the most important first. */
function notice() {
  if (failure.value && result.value === undefined) {
    return failureText();
  }
  if (date.value && quote.value?.date) {
    return quote.value.date === date.value ? t("date-means") : t("date-earlier", { day: day(quote.value.date) });
  }
  const state = liveState.value;
  return weekend.value && (state === "live" || state === "delayed") ? t("weekend") : t(`state-${state}-means`);
}

function markups() {
  const own = ownMarkup.value || !MARKUPS.includes(markup.value);
  return html`<div class="markup">
    <span class="caption" id="markup-caption">${t("markup")}</span>
    <div class="segments" role="radiogroup" aria-labelledby="markup-caption">
      ${MARKUPS.map((each) => html`<label><input type="radio" name="markup" value=${each} .checked=${!own && markup.value === each}
        @change=${() => { ownMarkup.value = false; markup.value = each; }}><span>${percent(each)}</span></label>`)}
      <label><input type="radio" name="markup" value="own" .checked=${own} @change=${() => { ownMarkup.value = true; }}><span>${t("markup-own")}</span></label>
    </div>
    ${own ? html`<input class="own" id="own-markup" type="text" inputmode="decimal" dir="ltr" aria-label=${t("markup-percentage")} placeholder="%"
      aria-invalid=${ownProblem.value ? "true" : nothing} aria-describedby="own-markup-error" .value=${entry.value.format(markup.value)}
      @change=${(event) => ownEntered(event.target.value)}>
      <p class="error" id="own-markup-error">${ownProblem.value ? t("markup-invalid") : ""}</p>` : nothing}
  </div>`;
}

function ownEntered(typed) {
  const { amount } = entry.value.parse(typed.replace("%", ""));
  ownProblem.value = amount === undefined || !/^\d{1,2}(\.\d{1,3})?$/.test(amount);
  if (!ownProblem.value) {
    markup.value = amount;
  }
}

function dateField() {
  const today = new Date().toISOString().slice(0, 10);
  return html`<div class="date">
    <label class="caption" for="date">${t("date")}</label>
    <span class="date-entry"><input id="date" type="date" min=${FIRST_DAY} max=${today} .value=${date.value} @change=${(event) => dated(event.target)}>
    <button type="button" class="tool" id="today" aria-label=${t("date-clear")} title=${t("date-clear")} ?hidden=${!date.value}
      @click=${() => { date.value = ""; }}>${icon("remove")}</button></span>
  </div>`;
}

function dated(field) {
  if (field.validity.valid) {
    date.value = field.value;
  }
}

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    announceNow(t(done, { text }));
  } catch {
    announceNow(t("copy-failed"));
  }
}
