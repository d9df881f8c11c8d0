import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { amount } from "../numbers/format.js";
import { amounts, entered, from, side, text, tidy, to, type } from "../state/conversion.js";
import { t } from "../state/language.js";

/** The size of a figure so that it fits its line. */
function sizeFor(shown) {
  return shown.length <= 11 ? "l" : shown.length <= 16 ? "m" : shown.length <= 22 ? "s" : "xs";
}

/**
 * The amount of one side. The side that the reader typed in last shows that text, the other one the result.
 *
 * @param field `from` or `to`
 */
export function amountField(field, id, label) {
  const typed = side.value === field;
  const value = amounts.value[field];
  const shown = typed ? text.value : value === undefined ? "" : amount(value);
  const problem = typed ? entered.value.problem : undefined;
  return html`<label class="caption" for=${id}>${t(label)}</label>
    <input class="figure" id=${id} name=${id} type="text" inputmode="decimal" enterkeyhint="done" autocomplete="off" spellcheck="false"
      dir="ltr" data-size=${sizeFor(shown)} data-value=${value ?? nothing} data-currency=${field === "from" ? from.value : to.value}
      aria-invalid=${problem ? "true" : nothing} aria-describedby="${id}-error" placeholder="–" .value=${shown}
      @input=${(event) => type(field, event.target.value)} @change=${tidy}>
    <p class="error" id="${id}-error">${problem ? t(problem, entered.value.values) : ""}</p>`;
}
