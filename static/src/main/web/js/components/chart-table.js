import { html } from "../../vendor/lit-html/lit-html.js";
import { moment, rate } from "../numbers/format.js";
import { shownSeries } from "../state/chart.js";
import { from, to } from "../state/conversion.js";
import { t } from "../state/language.js";

const COLUMNS = ["open", "high", "low", "close"];

/** The points of the chart as a table, newest first. */
export function chartTable() {
  return html`<div class="table-box" tabindex="0" role="region" aria-label=${t("chart-table-region")}>
    <table>
      <caption class="visually-hidden">${t("chart-table", { from: from.value, to: to.value })}</caption>
      <thead><tr><th scope="col">${t("date-column")}</th>${COLUMNS.map((name) => html`<th scope="col">${t(name)}</th>`)}</tr></thead>
      <tbody>${shownSeries.value.points.toReversed().map((point) => html`<tr>
        <th scope="row"><time datetime=${point.at}>${moment(point.at)}</time></th>
        ${COLUMNS.map((name) => html`<td data-value=${point[name]}>${rate(point[name])}</td>`)}</tr>`)}</tbody>
    </table></div>`;
}
