/** The newest that is known about one pair's rate, whether an answer or the stream brought it. */

/** From an answer to a conversion. */
export function quoteOfAnswer(answer) {
  const { from, to, rate, asOf, sources, stale, simulated, version } = answer;
  return { pair: `${from}/${to}`, rate, asOf, sources, stale, simulated, version };
}

/** From an event of the stream; undefined if the event says nothing about the pair. */
export function quoteOfEvent({ version, rates }, pair) {
  if (!rates[pair]) {
    return undefined;
  }
  const { rate, asOf, source, stale, simulated } = rates[pair];
  return { pair, rate, asOf, sources: [source], stale, simulated, version };
}

/** The one to show; of the same book an answer's, given second, knows all sources of a cross rate. */
export function newer(known, candidate) {
  return known && known.pair === candidate.pair && known.version > candidate.version ? known : candidate;
}
