import { computed } from "../../vendor/signals-core/signals-core.js";
import { now } from "./clock.js";
import { quote } from "./conversion.js";
import { connection } from "./rates.js";

/** Milliseconds after which a quote counts as delayed, as is usual in the market. */
const DELAYED_AFTER = 15 * 60_000;
/** The market closes on Friday and opens on Sunday, both at 22:00 UTC. */
const FRIDAY = 5;
const SUNDAY = 0;
const CLOSING_HOUR = 22;

/**
 * The state of the rate that is shown: `connecting`, `offline`, `paused`, `simulated`, `stale`, `delayed` or `live`. The
 * first that applies counts.
 */
export const liveState = computed(() => {
  if (connection.value === "lost") {
    return "offline";
  }
  if (connection.value === "paused") {
    return "paused";
  }
  if (!quote.value) {
    return "connecting";
  }
  if (quote.value.simulated) {
    return "simulated";
  }
  if (quote.value.stale || connection.value === "silent") {
    return "stale";
  }
  return quote.value.asOf && now.value - Date.parse(quote.value.asOf) > DELAYED_AFTER ? "delayed" : "live";
});

/** Whether the foreign exchange market is closed. */
export const weekend = computed(() => {
  const time = new Date(now.value);
  const [weekday, hour] = [time.getUTCDay(), time.getUTCHours()];
  return weekday === 6 || (weekday === FRIDAY && hour >= CLOSING_HOUR) || (weekday === SUNDAY && hour < CLOSING_HOUR);
});
