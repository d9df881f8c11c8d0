/** Milliseconds without a new text before one is announced, so that typing announces one result instead of one per key. */
const DELAY = 800;

let timer;

/** Announces the last text of each pause, in the polite live region of the page. */
export function announce(text) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    document.getElementById("announcement").textContent = text;
  }, DELAY);
}

/** Announces what the reader has just ordered, at once. */
export function announceNow(text) {
  clearTimeout(timer);
  document.getElementById("announcement").textContent = text;
}
