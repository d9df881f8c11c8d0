import { secondsBetween } from "./format.js";
import { stateRank } from "./server-states.js";

/** Requests that failed at a server: no connection, no valid response, a response that ended early, or a status of 5xx. */
export function errorsOf(server) {
  return server.connectErrors + server.responseErrors + server.serverAborts + (server.responses?.["5xx"] ?? 0);
}

/** Time to the first byte of a response, or to the connection. */
export function latencyOf(server) {
  return server.firstByteMillis ?? server.connectMillis;
}

/** The columns of a table of servers, each with the value that it sorts by. `number` columns begin with the largest. */
export const COLUMNS = [
  { id: "server", title: "Server", value: (server) => server.id },
  { id: "state", title: "State", value: (server) => stateRank(server.state) },
  { id: "weight", title: "Weight", number: true, value: (server) => server.weight },
  { id: "in-flight", title: "In flight", number: true, value: (server) => server.inFlight },
  { id: "rate", title: "Req/s", number: true, value: (server) => server.requestsPerSecond },
  { id: "p50", title: "p50 ms", number: true, value: (server) => latencyOf(server).p50 },
  { id: "p99", title: "p99 ms", number: true, value: (server) => latencyOf(server).p99 },
  { id: "errors", title: "Errors", number: true, value: errorsOf },
  { id: "retries", title: "Retries", number: true, value: (server) => server.redispatches },
  { id: "check", title: "Last check", value: (server) => (server.lastCheck?.passed ?? true ? 1 : 0) },
  { id: "ejections", title: "Ejected", number: true, value: (server) => server.ejections },
  { id: "since", title: "Since", value: (server, now) => secondsBetween(server.lastChangeAt, now) },
];

/** Returns the servers in the order of a column; equal ones stay in the order of the pool. */
export function sorted(servers, { column, descending }, now) {
  const value = COLUMNS.find(({ id }) => id === column)?.value;
  if (!value) {
    return servers;
  }
  const order = descending ? -1 : 1;
  const byName = new Intl.Collator("en", { numeric: true }).compare;
  return servers
    .map((server) => ({ server, key: value(server, now) }))
    .sort((a, b) => order * (typeof a.key === "string" ? byName(a.key, b.key) : a.key - b.key))
    .map(({ server }) => server);
}
