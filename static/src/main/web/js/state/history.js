import { batch, signal } from "../../vendor/signals-core/signals-core.js";
import { getJson } from "../api/client.js";

const KEPT_FOR = 5 * 60_000;
const FAILED_FOR = 5_000;

/** The days of a point, so that a series has some hundred points at most. */
const GROUPS = { "5Y": "week", max: "month" };

/** `{ value: signal, expires }` by pair and range. */
const known = new Map();

/**
 * The signal of a series, `{ state: "loading" | "ready" | "failed", points, group, reason }`. It is loaded when it is asked for
 * and has become old.
 */
export function seriesOf(from, to, range, group = GROUPS[range]) {
  const key = [from, to, range, group].join();
  if (!known.has(key)) {
    known.set(key, { value: signal({ state: "loading", points: [] }), expires: 0 });
  }
  const series = known.get(key);
  if (Date.now() > series.expires) {
    series.expires = Infinity;
    load(series, from, to, range, group);
  }
  return series.value;
}

const arrived = [];

/** Series that arrive before the next frame change the page once. */
function deliver(series, value, keptFor) {
  series.expires = Date.now() + keptFor;
  arrived.push(() => { series.value.value = value; });
  if (arrived.length === 1) {
    requestAnimationFrame(() => batch(() => arrived.splice(0).forEach((show) => show())));
  }
}

async function load(series, from, to, range, group) {
  try {
    const { body } = await getJson(`/api/v1/history/${from}/${to}`, { range, ...(group && { group }) });
    deliver(series, { state: "ready", points: body.points, group: body.group }, KEPT_FOR);
  } catch (reason) {
    deliver(series, { state: "failed", points: [], reason }, FAILED_FOR);
  }
}
