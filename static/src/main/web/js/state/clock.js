import { signal } from "../../vendor/signals-core/signals-core.js";

/** Epoch milliseconds, once a second while the page is visible. */
export const now = signal(Date.now());

export function startClock() {
  setInterval(() => {
    if (!document.hidden) {
      now.value = Date.now();
    }
  }, 1_000);
}
