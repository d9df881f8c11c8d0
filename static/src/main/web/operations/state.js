import { batch, computed, signal } from "../vendor/signals-core/signals-core.js";

/** Samples of traffic that are kept: five minutes. */
const MAX_SAMPLES = 300;
const MAX_EVENTS = 200;
const SAMPLE_FIELDS = ["at", "requestsPerSecond", "serverErrorsPerSecond", "inFlight", "p50", "p99"];

export const user = document.body.dataset.user;
/** Whether the user may change something; a viewer sees no actions. */
export const mayChange = document.body.dataset.role === "admin";

/** The last statistics, as in `/stats.json`; undefined before the first. */
export const stats = signal();
/** The last events, newest first. */
export const events = signal([]);
/** One array for each field of a sample, oldest first; `at` in seconds since the epoch. */
export const traffic = signal(emptyTraffic());
/** `connecting`, `live`, `reconnecting` or `paused`. */
export const connection = signal("connecting");

/** What the user searches for, in lower case. */
export const filter = signal("");
/** The group of states that is shown: a key of `STATE_GROUPS`. */
export const stateFilter = signal("all");
/** The column that all tables are sorted by; undefined for the order of the pool. */
export const sorting = signal({ column: undefined, descending: false });
/** The keys of the selected servers. */
export const selected = signal(new Set());
/** The names of the pools whose tables are hidden. */
export const collapsed = signal(new Set());

/** Requests that were in flight when a server began to drain, by key. */
const drains = new Map();

/** The key of a server: unique over all pools. */
export function keyOf(pool, server) {
  return `${pool.name}/${server.id}`;
}

/** All servers by key, with their pools. */
export const servers = computed(() => {
  const all = new Map();
  for (const pool of stats.value?.pools ?? []) {
    for (const server of pool.servers) {
      all.set(keyOf(pool, server), { pool, server });
    }
  }
  return all;
});

/** Takes statistics over; the first after a connection also have events and the traffic of the last five minutes. */
export function statsReceived(next) {
  trackDrains(next);
  batch(() => {
    if (next.events) {
      events.value = next.events;
    }
    traffic.value = next.trafficHistory ? trafficOf(next.trafficHistory) : withSample(traffic.value, next.traffic);
    stats.value = next;
  });
}

export function eventReceived(event) {
  events.value = [event, ...events.value].slice(0, MAX_EVENTS);
}

/** Shows at once what the response to a command says; the next statistics have it too. */
export function serverChanged(key, changes) {
  const found = servers.value.get(key);
  if (found) {
    Object.assign(found.server, changes);
    trackDrains(stats.value);
    stats.value = { ...stats.value };
  }
}

/** How many of the requests that were in flight at the start of a drain are left: `{ left, of }`. */
export function drainProgress(key, server) {
  return { left: server.inFlight, of: Math.max(drains.get(key) ?? 0, server.inFlight) };
}

function trackDrains({ pools }) {
  for (const pool of pools) {
    for (const server of pool.servers) {
      const key = keyOf(pool, server);
      if (server.state !== "DRAINING") {
        drains.delete(key);
      } else {
        drains.set(key, Math.max(drains.get(key) ?? 0, server.inFlight));
      }
    }
  }
}

function emptyTraffic() {
  return Object.fromEntries(SAMPLE_FIELDS.map((field) => [field, []]));
}

function trafficOf(history) {
  return { ...history, at: history.at.map(seconds) };
}

function withSample(samples, sample) {
  const at = seconds(sample.at);
  if (at <= (samples.at.at(-1) ?? 0)) {
    return samples;
  }
  return Object.fromEntries(
    SAMPLE_FIELDS.map((field) => [
      field,
      [...samples[field].slice(1 - MAX_SAMPLES), field === "at" ? at : sample[field]],
    ]),
  );
}

function seconds(instant) {
  return Date.parse(instant) / 1000;
}
