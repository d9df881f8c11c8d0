import { effect, signal } from "../../vendor/signals-core/signals-core.js";

const PREFIX = "ratemesh.";

/** The value kept in this browser; undefined if there is none, or none of the expected shape. */
export function read(key, valid) {
  try {
    const value = JSON.parse(localStorage.getItem(PREFIX + key));
    return value !== null && valid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value in this browser. A browser that keeps nothing, as in a private window, still works. */
export function write(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // The page works without; the next visit begins with the defaults.
  }
}

/** A signal whose value outlives the page. */
export function stored(key, fallback, valid) {
  const value = signal(read(key, valid) ?? fallback);
  effect(() => write(key, value.value));
  return value;
}

/** Whether a value is a list of currency codes. */
export function codes(value) {
  return Array.isArray(value) && value.every((code) => /^[A-Z]{3}$/.test(code));
}
