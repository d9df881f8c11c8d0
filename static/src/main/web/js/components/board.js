import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { signal } from "../../vendor/signals-core/signals-core.js";
import { amount, change, currencyName, rate } from "../numbers/format.js";
import { add, base, chooseBase, members, move, remove } from "../state/board.js";
import { changeBetween } from "../state/chart.js";
import { amounts, pick } from "../state/conversion.js";
import { current, scaleOf } from "../state/currencies.js";
import { seriesOf } from "../state/history.js";
import { t } from "../state/language.js";
import { convert, knows, openings, quoteOf } from "../state/rates.js";
import { announceNow } from "./announcer.js";
import { CurrencyPicker } from "./currency-picker.js";
import { flag } from "./flag.js";
import { icon } from "./icons.js";
import { sparkline } from "./sparkline.js";

const adding = signal(false);
/** Whether the lines of a year are shown; they need a request for each row. */
export const withLines = signal(false);
const basePicker = new CurrencyPicker({
  id: "board-base", label: "board-base", code: () => base.value, offered: () => current.value, pick: chooseBase,
});
const newPicker = new CurrencyPicker({
  id: "board-new", label: "board-new", code: () => "", offered: () => current.value.filter((code) => !members.value.includes(code)), pick: added,
});

/** The reader's currencies against a base, live. */
export function board() {
  const shown = members.value.filter((code) => code !== base.value);
  return html`<div class="panel-head">
      <h2 id="board-title">${t("board")}</h2>
      <div class="board-tools">
        <span class="base"><span class="base-amount">${amount(amounts.value.from ?? "1")}</span>${basePicker.view()}</span>
        <button type="button" id="add-currency" aria-expanded=${adding.value} @click=${toggleAdding}>${icon("add")}${t("board-add")}</button>
      </div>
    </div>
    ${adding.value ? html`<div class="board-new" @keydown=${(event) => event.key === "Escape" && toggleAdding()}>${newPicker.view()}</div>` : nothing}
    ${shown.length === 0 ? html`<p class="empty">${t("board-empty")}</p>` : nothing}
    <ul class="rows">${shown.map((code, index) => row(code, index, shown))}</ul>`;
}

function row(code, index, shown) {
  const known = knows(base.value, code);
  const quote = known ? quoteOf(base.value, code) : undefined;
  const quantity = amounts.value.from ?? "1";
  const points = withLines.value && openings.value > 0 ? seriesOf(base.value, code, "1Y", "week").value.points : [];
  const risen = quote && points.length > 0 ? changeBetween(points.at(-1).close, quote.rate) : undefined;
  const step = (by) => shown[index + by] && members.value.indexOf(shown[index + by]) - members.value.indexOf(code);
  return html`<li class="row" data-code=${code}>
    <button type="button" class="row-currency" title=${t("board-convert", { code })} @click=${() => pick("to", code)}>
      ${flag(code)}<span class="row-code">${code}</span><span class="row-name">${currencyName(code)}</span></button>
    <span class="row-figures"><span class="row-amount">${known ? amount(convert(quantity, base.value, code, scaleOf(code))) : ""}</span>
      <span class="row-rate">${quote ? rate(quote.rate) : ""}</span></span>
    <span class="row-trend">${sparkline(points)}<span class="row-change" data-move=${!risen ? "" : risen.startsWith("-") ? "down" : "up"}>${risen ? change(risen) : ""}</span></span>
    <span class="row-tools">
      ${tool("up", "board-up", code, index === 0, () => moved(code, step(-1), "up"))}
      ${tool("down", "board-down", code, index === shown.length - 1, () => moved(code, step(1), "down"))}
      ${tool("remove", "board-remove", code, false, () => removed(code))}
    </span></li>`;
}

function tool(name, key, code, disabled, act) {
  return html`<button type="button" class="tool" data-tool=${name} aria-label=${t(key, { code })} title=${t(key, { code })} aria-disabled=${disabled}
    @click=${() => disabled || act()}>${icon(name)}</button>`;
}

function toggleAdding() {
  adding.value = !adding.value;
  document.getElementById(adding.value ? "board-new" : "add-currency").focus();
}

function added(code) {
  add(code);
  toggleAdding();
  announceNow(t("board-added", { code }));
}

/** The focus goes with the currency. */
function moved(code, steps, tool) {
  move(code, steps);
  document.querySelector(`[data-code="${code}"] [data-tool="${tool}"]`).focus();
}

/** The focus stays in the board when its button disappears. */
function removed(code) {
  remove(code);
  document.getElementById("add-currency").focus();
  announceNow(t("board-removed", { code }));
}
