import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { compare } from "../numbers/decimal.js";
import { rate } from "../numbers/format.js";
import { t } from "../state/language.js";
import { liveState } from "../state/live-state.js";
import { connection, knows, pause, quoteOf, resume } from "../state/rates.js";
import { icon } from "./icons.js";

const PAIRS = ["EUR/USD", "GBP/USD", "USD/JPY", "USD/CHF", "EUR/GBP", "AUD/USD", "USD/CNY", "USD/INR"];

/** The last rate of each pair and the direction of its last change. */
const last = new Map();

/** The state of the rates in words and colour, the most traded pairs, and the pause control. None of it is announced. */
export function ticker() {
  const paused = connection.value === "paused";
  const state = liveState.value;
  return html`<p class="state" id="state" data-state=${state} title=${t(`state-${state}-means`)}>${t(`state-${state}`)}</p>
    <ul class="ticks" aria-label=${t("ticker")}>${PAIRS.map(tick)}</ul>
    <button class="quiet" id="pause" type="button" aria-pressed=${paused} @click=${paused ? resume : pause}>
      ${icon(paused ? "play" : "pause")}${t("pause")}</button>`;
}

function tick(pair) {
  const [from, to] = pair.split("/");
  if (!knows(from, to)) {
    return nothing;
  }
  const now = quoteOf(from, to).rate;
  const before = last.get(pair);
  if (before?.rate !== now) {
    const direction = before === undefined ? "" : compare(now, before.rate) > 0 ? "up" : "down";
    last.set(pair, { rate: now, direction });
  }
  return html`<li data-move=${last.get(pair).direction}><span class="tick-pair">${pair}</span> <span class="tick-rate">${rate(now)}</span></li>`;
}
