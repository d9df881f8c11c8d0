import { html } from "../../vendor/lit-html/lit-html.js";
import { change, moment, rate } from "../numbers/format.js";
import { asTable, focused, period, PERIODS, shownSeries, summary } from "../state/chart.js";
import { from, to } from "../state/conversion.js";
import { t } from "../state/language.js";
import { chartTable } from "./chart-table.js";

const label = (each) => (each === "max" ? t("period-max") : each);

/** Periods, the figures of the shown one, and its chart or table. The chart itself is drawn by `chart-plot.js` into its box. */
export function chartPanel() {
  return html`<div class="panel-head">
      <h2 id="chart-title" dir="ltr">${from.value}/${to.value}</h2>
      <div class="tabs" role="tablist" aria-label=${t("period")} @keydown=${keyed}>
        ${PERIODS.map((each) => html`<button type="button" role="tab" id="period-${each}" aria-controls="chart-panel" aria-selected=${each === period.value}
          tabindex=${each === period.value ? 0 : -1} @click=${() => choose(each)}>${label(each)}</button>`)}
      </div>
    </div>
    <div role="tabpanel" id="chart-panel" aria-labelledby="period-${period.value}">
      <figure aria-label=${t("chart")}>
        <figcaption>${figures()}</figcaption>
        ${asTable.value ? chartTable() : plotBox()}
        <div class="chart-foot">
          <p class="chart-point" id="chart-point">${asTable.value ? "" : pointText(focused.value)}</p>
          <button type="button" id="as-table" @click=${() => { asTable.value = !asTable.value; }}>${t(asTable.value ? "as-chart" : "as-table")}</button>
        </div>
      </figure>
    </div>`;
}

function figures() {
  const shown = summary.value;
  if (!shown) {
    return html`<span>${message()}</span>`;
  }
  const falls = shown.change.startsWith("-");
  return html`<dl class="figures">
    <div><dt>${t("low")}</dt><dd>${rate(shown.low)}</dd></div>
    <div><dt>${t("high")}</dt><dd>${rate(shown.high)}</dd></div>
    <div><dt>${t("change")}</dt><dd data-move=${falls ? "down" : "up"}>${change(shown.change)}</dd></div></dl>`;
}

function message() {
  const { state, points } = shownSeries.value;
  return state === "loading" ? t("chart-loading") : state === "failed" ? t("chart-failed") : points.length === 0 ? t("chart-empty") : "";
}

/** A slider whose value is a point: readable by keyboard and screen reader. */
function plotBox() {
  const { points } = shownSeries.value;
  const last = Math.max(0, points.length - 1);
  const at = Math.min(focused.value ?? last, last);
  return html`<div class="plot" id="plot" role="slider" tabindex="0" dir="ltr" aria-label=${t("chart-points")}
    aria-valuemin="0" aria-valuemax=${last} aria-valuenow=${at} aria-valuetext=${pointText(at) || message()} @keydown=${pointKeyed}></div>`;
}

function pointText(index) {
  const point = shownSeries.value.points[index];
  return point ? `${moment(point.at)} · ${rate(point.close)}` : "";
}

function choose(each) {
  period.value = each;
  focused.value = undefined;
}

function keyed(event) {
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const index = PERIODS.indexOf(period.value);
  const next = { Home: 0, End: PERIODS.length - 1, [forward]: index + 1 }[event.key]
    ?? (event.key === "ArrowLeft" || event.key === "ArrowRight" ? index - 1 : undefined);
  if (next !== undefined) {
    event.preventDefault();
    choose(PERIODS.at(next % PERIODS.length));
    document.getElementById(`period-${period.value}`).focus();
  }
}

function pointKeyed(event) {
  const last = shownSeries.value.points.length - 1;
  const at = focused.value ?? last;
  const next = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - 10, PageUp: at + 10, Home: 0, End: last }[event.key];
  if (event.key === "Escape") {
    focused.value = undefined;
  } else if (next !== undefined && last >= 0) {
    event.preventDefault();
    focused.value = Math.min(Math.max(next, 0), last);
  }
}
