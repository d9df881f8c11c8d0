/** Long enough that somebody who types hears one sentence, not one for each key. */
const QUIET = 1_000;

/** The one polite live region: says the last of what it was told within a second, never the same twice. */
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
    }, QUIET);
  }
}
