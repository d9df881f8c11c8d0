import { computed } from "../../vendor/signals-core/signals-core.js";
import { now } from "./clock.js";
import { from, quote, to } from "./conversion.js";
import { book, connection, knows, quoteOf } from "./rates.js";

/** Milliseconds after which a quote counts as delayed, as is usual in the market. */
const DELAYED_AFTER = 15 * 60_000;
/** The market closes on Friday and opens on Sunday, both at 22:00 UTC. */
const FRIDAY = 5;
const SUNDAY = 0;
const CLOSING_HOUR = 22;

/** The current rate of the pair, also while the page shows that of a past day; where it has none, any rate that is received. */
const latest = computed(() =>
  knows(from.value, to.value) ? quoteOf(from.value, to.value) : (quote.value ?? Object.values(book.value.rates)[0]));

/**
 * The state of the current rate: `connecting`, `offline`, `paused`, `simulated`, `stale`, `delayed` or `live`. The
 * first that applies counts.
 */
export const liveState = computed(() => {
  if (connection.value === "lost") {
    return "offline";
  }
  if (connection.value === "paused") {
    return "paused";
  }
  if (!latest.value) {
    return "connecting";
  }
  const { simulated, stale, asOf } = latest.value;
  if (simulated) {
    return "simulated";
  }
  if (stale || connection.value === "silent") {
    return "stale";
  }
  return asOf && now.value - Date.parse(asOf) > DELAYED_AFTER ? "delayed" : "live";
});

/** Whether the foreign exchange market is closed. */
export const weekend = computed(() => {
  const time = new Date(now.value);
  const [weekday, hour] = [time.getUTCDay(), time.getUTCHours()];
  return weekday === 6 || (weekday === FRIDAY && hour >= CLOSING_HOUR) || (weekday === SUNDAY && hour < CLOSING_HOUR);
});
