import { computed, signal } from "../../vendor/signals-core/signals-core.js";
import { compare, minus, quotient } from "../numbers/decimal.js";
import { from, to } from "./conversion.js";
import { seriesOf } from "./history.js";
import { openings } from "./rates.js";
import { stored } from "./stored.js";

/** The ranges of the API in order. */
export const PERIODS = ["1D", "1W", "1M", "1Y", "5Y", "max"];

export const period = stored("period", "1Y", (value) => PERIODS.includes(value));
export const asTable = signal(false);
/** The index of the point at the crosshair; undefined without one. */
export const focused = signal(undefined);

/** The series of the pair and period that are shown. A failed one is loaded again when the stream has reconnected. */
export const shownSeries = computed(() => openings.value >= 0 && seriesOf(from.value, to.value, period.value).value);

/** `{ low, high, change }` of the series: decimals, `change` as a ratio; undefined without points. */
export const summary = computed(() => {
  const { points } = shownSeries.value;
  if (points.length === 0) {
    return undefined;
  }
  const low = points.map((point) => point.low).reduce((a, b) => (compare(a, b) <= 0 ? a : b));
  const high = points.map((point) => point.high).reduce((a, b) => (compare(a, b) >= 0 ? a : b));
  return { low, high, change: changeBetween(points[0].open, points.at(-1).close) };
});

/** (after − before) ÷ before with six decimals. */
export function changeBetween(before, after) {
  return quotient(minus(after, before), before, 6);
}
