import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { signal } from "../../vendor/signals-core/signals-core.js";
import { rate, time } from "../numbers/format.js";
import { addAlert, alerts, removeAlert } from "../state/alerts.js";
import { entry, from, quote, to } from "../state/conversion.js";
import { t } from "../state/language.js";
import { announceNow } from "./announcer.js";
import { icon } from "./icons.js";

const problem = signal("");

/** A form that sets an alert for the pair, and the alerts of this browser. */
export function alertsPanel() {
  return html`<h2 id="alerts-title">${t("alerts")}</h2>
    <form class="alert-form" @submit=${submitted}>
      <bdi class="alert-pair" dir="ltr">${entry.value.format("1")} ${from.value}</bdi>
      <select id="alert-direction" aria-label=${t("alert-direction")}>
        <option value="above">${t("alert-above")}</option>
        <option value="below">${t("alert-below")}</option>
      </select>
      <input id="alert-rate" type="text" inputmode="decimal" autocomplete="off" dir="ltr" aria-label=${t("alert-rate")} aria-describedby="alert-error"
        aria-invalid=${problem.value ? "true" : nothing} placeholder=${quote.value ? rate(quote.value.rate) : ""}>
      <span class="alert-pair">${to.value}</span>
      <button id="set-alert">${t("alert-set")}</button>
      <p class="error" id="alert-error">${problem.value && t(problem.value)}</p>
    </form>
    ${alerts.value.length === 0
      ? html`<p class="empty">${t("alert-none")}</p>`
      : html`<ul class="alert-list">${alerts.value.map((alert) => html`<li ?data-reached=${alert.reachedAt !== ""}>
          <span>${alertText(alert)}<small>${alert.reachedAt ? t("alert-reached", { time: time(alert.reachedAt) }) : t("alert-waiting")}</small></span>
          <button type="button" class="tool" aria-label=${t("alert-remove", { alert: alertText(alert) })} @click=${() => removed(alert)}>${icon("remove")}</button></li>`)}</ul>`}`;
}

/** `1 EUR above 1.2 USD`. */
export function alertText(alert) {
  return `${entry.value.format("1")} ${alert.from} ${t(`alert-${alert.direction}`)} ${entry.value.format(alert.rate)} ${alert.to}`;
}

function submitted(event) {
  event.preventDefault();
  const field = event.target.elements["alert-rate"];
  const { amount } = entry.value.parse(field.value);
  if (amount === undefined || /^[0.]+$/.test(amount)) {
    problem.value = "alert-invalid";
    field.focus();
    return;
  }
  problem.value = "";
  addAlert({ from: from.value, to: to.value, direction: event.target.elements["alert-direction"].value, rate: amount });
  field.value = "";
  announceNow(t("alert-confirmed"));
  if ("Notification" in window && Notification.permission === "default") {
    Notification.requestPermission();
  }
}

/** Tells the reader, also when another page is in front, if the browser may. */
export function reportAlert(alert) {
  const text = alertText(alert);
  announceNow(t("alert-announced", { alert: text }));
  if ("Notification" in window && Notification.permission === "granted") {
    new Notification("Ratemesh", { body: text });
  }
}

function removed(alert) {
  removeAlert(alert);
  document.getElementById("set-alert").focus();
}
