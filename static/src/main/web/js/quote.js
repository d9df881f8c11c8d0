// Quotes: the newest known rate of a pair, from a response or from the stream.

/** Creates a quote from the response to a conversion. */
export function quoteOfResponse(response) {
  const { from, to, rate, asOf, sources, stale, simulated, version } = response;
  return { pair: `${from}/${to}`, rate, asOf, sources, stale, simulated, version };
}

/** Creates a quote from an event of the stream; undefined if the event does not contain the pair. */
export function quoteOfEvent({ version, rates }, pair) {
  if (!rates[pair]) {
    return undefined;
  }
  const { rate, asOf, source, stale, simulated } = rates[pair];
  return { pair, rate, asOf, sources: [source], stale, simulated, version };
}

/** Returns the newer quote; of the same book the candidate, because a response has all sources of a cross rate. */
export function newer(known, candidate) {
  return known && known.pair === candidate.pair && known.version > candidate.version ? known : candidate;
}
