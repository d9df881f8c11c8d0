const WHOLE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const DAY_AND_CLOCK = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
];
const BYTES = ["B", "kB", "MB", "GB", "TB"];

/** `12,345`; a dash for null. */
export function whole(number) {
  return number == null ? "–" : WHOLE.format(number);
}

/** Milliseconds with three significant digits: `0.42`, `12.3`, `1,250`; a dash for none. */
export function millis(value) {
  if (!value) {
    return "–";
  }
  return value >= 100 ? WHOLE.format(value) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A fraction of one: `0 %`, `0.04 %`, `12 %`. */
export function percent(fraction) {
  const value = fraction * 100;
  return `${value === 0 || value >= 10 ? value.toFixed(0) : value.toFixed(value >= 1 ? 1 : 2)} %`;
}

/** The largest unit and the next: `3 d 4 h`, `2 min 5 s`. */
export function duration(seconds) {
  const rest = Math.max(0, Math.round(seconds));
  const at = UNITS.findIndex(([, size]) => rest >= size);
  if (at < 0) {
    return "0 s";
  }
  const [unit, size] = UNITS[at];
  const text = `${Math.floor(rest / size)} ${unit}`;
  const [nextUnit, nextSize] = UNITS[at + 1] ?? [];
  const more = nextUnit ? Math.floor((rest % size) / nextSize) : 0;
  return more > 0 ? `${text} ${more} ${nextUnit}` : text;
}

/** The largest unit alone, which changes seldom: `3 d`, `2 min`. */
export function roughDuration(seconds) {
  const rest = Math.max(0, Math.round(seconds));
  const [unit, size] = UNITS.find(([, each]) => rest >= each) ?? ["s", 1];
  return `${Math.floor(rest / size)} ${unit}`;
}

export function bytes(count) {
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < BYTES.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 10 || unit === 0 ? value.toFixed(0) : value.toFixed(1)} ${BYTES[unit]}`;
}

/** Seconds from one instant to another, both RFC 3339. */
export function secondsBetween(from, to) {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

/** Local time of day. */
export function clock(instant) {
  return CLOCK.format(new Date(instant));
}

export function day(instant) {
  return DAY.format(new Date(instant));
}

export function dayAndClock(instant) {
  return DAY_AND_CLOCK.format(new Date(instant));
}

/** `1 server`, `3 servers`. */
export function counted(number, noun) {
  return `${whole(number)} ${noun}${number === 1 ? "" : "s"}`;
}
