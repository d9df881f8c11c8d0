import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ratio } from "../numbers/decimal.js";
import { age, amount, day, rate, time } from "../numbers/format.js";
import { now } from "../state/clock.js";
import { cost, date, effectiveRate, exact, exactCurrency, from, quote, servedBy, to } from "../state/conversion.js";
import { t } from "../state/language.js";
import { sourceNames } from "./source-names.js";

function line(base, counter, text) {
  return text === undefined ? "" : html`<bdi dir="ltr">${amount("1")} ${base} = <b>${rate(text)}</b> ${counter}</bdi>`;
}

function timeOf(shown) {
  if (!shown?.asOf) {
    return "";
  }
  return date.value
    ? html`<time datetime=${shown.date}>${day(shown.date)}</time>`
    : html`<time datetime=${shown.asOf}>${time(shown.asOf)}</time> <span class="age">${age(shown.asOf, now.value)}</span>`;
}

/** The unit rate and its inverse, and where they come from. */
export function rateDetails() {
  const shown = quote.value;
  const one = effectiveRate.value;
  return html`<div class="unit">
      <p class="unit-rate" id="unit-rate">${line(from.value, to.value, one)}</p>
      <p class="inverse-rate" id="inverse-rate">${line(to.value, from.value, one && ratio("1", one))}</p>
      <p class="cost" id="cost">${cost.value === undefined ? "" : t("markup-cost", { amount: `${amount(cost.value)} ${to.value}` })}</p>
      ${exact.value === undefined ? nothing : html`<p class="exact" id="exact"><bdi dir="ltr">${amount(exact.value)} ${exactCurrency.value}</bdi></p>`}
    </div>
    <dl class="receipt">
      <div><dt>${t("rate-time")}</dt><dd id="rate-time">${timeOf(shown)}</dd></div>
      <div><dt>${t("rate-source")}</dt><dd id="rate-source">${shown ? sourceNames(shown.sources) : ""}</dd></div>
      <div><dt>${t("served-by")}</dt><dd id="served-by">${servedBy.value ?? "–"}</dd></div>
    </dl>
    <details class="explained"><summary>${t("mid-market")}</summary><p>${t("mid-market-means")}</p></details>`;
}
