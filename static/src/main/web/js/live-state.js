/** From 15 minutes on, the trade calls a quote delayed. In milliseconds. */
const DELAYED_AFTER = 15 * 60_000;

const STATES = {
  live: { word: "Live", meaning: "Updates by itself as the market moves." },
  delayed: { word: "Delayed", meaning: "The newest rate is more than 15 minutes old." },
  stale: { word: "Stale", meaning: "No feed has brought a newer rate in time. Take this one with care." },
  simulated: { word: "Simulated", meaning: "Invented rates for a demonstration, not market prices." },
  offline: { word: "Offline", meaning: "Not connected. Rates stand still until the server is back." },
  connecting: { word: "Connecting", meaning: "" },
};

/**
 * What can be said of a rate: `{ state, word, meaning }`. Not knowing comes before everything else, and that a rate is
 * invented before its age.
 *
 * @param connected whether the stream is open; undefined as long as that is not known
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
