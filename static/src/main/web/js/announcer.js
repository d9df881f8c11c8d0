/** Milliseconds without a new text before one is announced, so that typing announces one result instead of one per key. */
const DELAY = 1_000;

/** The polite live region of the page: announces the last text of each second, and never the same text twice. */
export class Announcer {
  #region;
  #timer;

  constructor(region) {
    this.#region = region;
  }

  say(text) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#region.textContent !== text) {
        this.#region.textContent = text;
      }
    }, DELAY);
  }
}
