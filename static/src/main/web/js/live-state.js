/** Milliseconds after which a quote counts as delayed, as is usual in the market. */
const DELAYED_AFTER = 15 * 60_000;

const STATES = {
  live: { word: "Live", meaning: "Updates automatically as the market moves." },
  delayed: { word: "Delayed", meaning: "The newest rate is more than 15 minutes old." },
  stale: { word: "Stale", meaning: "No feed has delivered a newer rate in time. Use this one with care." },
  simulated: { word: "Simulated", meaning: "Simulated rates for a demonstration, not market prices." },
  offline: { word: "Offline", meaning: "Not connected. Rates do not update until the server is back." },
  connecting: { word: "Connecting", meaning: "" },
};

/**
 * Returns the state of a rate: `{ state, word, meaning }`. Offline takes precedence over simulated, and that over the
 * age.
 *
 * @param connected whether the stream is open; undefined while unknown
 * @param quote the newest rate, if there is one
 * @param now in epoch milliseconds
 */
export function liveState(connected, quote, now) {
  if (connected === undefined || (connected && !quote)) {
    return { state: "offline", ...STATES.connecting };
  }
  const state = nameOf(connected, quote, now);
  return { state, ...STATES[state] };
}

function nameOf(connected, quote, now) {
  if (!connected) {
    return "offline";
  }
  if (quote.simulated) {
    return "simulated";
  }
  if (quote.stale) {
    return "stale";
  }
  return now - Date.parse(quote.asOf) > DELAYED_AFTER ? "delayed" : "live";
}
