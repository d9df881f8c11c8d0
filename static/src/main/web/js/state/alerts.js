import { effect } from "../../vendor/signals-core/signals-core.js";
import { compare } from "../numbers/decimal.js";
import { knows, quoteOf } from "./rates.js";
import { stored } from "./stored.js";

const LIMIT = 20;

/** `{ from, to, direction: "above" | "below", rate, reachedAt }`; `reachedAt` is empty until the rate is reached. */
export const alerts = stored("alerts", [], (value) => Array.isArray(value) && value.every((alert) => alert.rate && alert.from));

export function addAlert(alert) {
  alerts.value = [{ ...alert, reachedAt: "" }, ...alerts.value].slice(0, LIMIT);
}

export function removeAlert(alert) {
  alerts.value = alerts.value.filter((each) => each !== alert);
}

function reached({ from, to, direction, rate, reachedAt }) {
  if (reachedAt !== "" || !knows(from, to)) {
    return false;
  }
  const order = compare(quoteOf(from, to).rate, rate);
  return direction === "above" ? order >= 0 : order <= 0;
}

/** Compares the alerts with each new rate. Reports an alert once. */
export function startAlerts(report) {
  effect(() => {
    const due = alerts.value.filter(reached);
    if (due.length > 0) {
      const reachedAt = new Date().toISOString();
      // After this effect, which reads what it changes.
      queueMicrotask(() => {
        alerts.value = alerts.peek().map((alert) => (due.includes(alert) ? { ...alert, reachedAt } : alert));
        due.forEach(report);
      });
    }
  });
}
