import { html } from "../../vendor/lit-html/lit-html.js";
import { rounded, times } from "../numbers/decimal.js";
import { amount } from "../numbers/format.js";
import { effectiveRate, from, to } from "../state/conversion.js";
import { scaleOf } from "../state/currencies.js";
import { t } from "../state/language.js";

const AMOUNTS = ["1", "5", "10", "25", "50", "100", "500", "1000", "5000", "10000"];

/** Usual amounts at the rate that is shown. */
export function quickTable() {
  const rate = effectiveRate.value;
  return html`<h2 id="quick-title">${t("quick")}</h2>
    <table aria-labelledby="quick-title">
      <thead><tr><th scope="col">${from.value}</th><th scope="col">${to.value}</th></tr></thead>
      <tbody>${AMOUNTS.map((each) => html`<tr><th scope="row">${amount(each)}</th>
        <td>${rate === undefined ? "" : amount(rounded(times(each, rate), scaleOf(to.value)))}</td></tr>`)}</tbody>
    </table>`;
}
