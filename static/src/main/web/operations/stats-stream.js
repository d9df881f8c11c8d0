const FIRST_RETRY = 1_000;
const LAST_RETRY = 15_000;
/** Milliseconds without a message, of which there is one each second, after which the connection counts as lost. */
const SILENCE = 5_000;

/**
 * Live statistics over one EventSource, open while it is running and the page is visible. Calls `onStats(stats)`,
 * `onEvent(event)` and `onConnected(connected)`.
 */
export class StatsStream {
  #onStats;
  #onEvent;
  #onConnected;
  #running = false;
  #source;
  #retry;
  #retryDelay = FIRST_RETRY;
  #watchdog;

  constructor({ onStats, onEvent, onConnected }) {
    this.#onStats = onStats;
    this.#onEvent = onEvent;
    this.#onConnected = onConnected;
    document.addEventListener("visibilitychange", () => this.#update());
    window.addEventListener("online", () => this.#update());
  }

  start() {
    this.#running = true;
    this.#update();
  }

  stop() {
    this.#running = false;
    this.#update();
  }

  #update() {
    this.#close();
    if (this.#running && !document.hidden) {
      this.#open();
    }
  }

  #open() {
    const source = new EventSource("/stats/events");
    source.addEventListener("stats", (event) => {
      this.#retryDelay = FIRST_RETRY;
      this.#watch();
      this.#onConnected(true);
      this.#onStats(JSON.parse(event.data));
    });
    source.addEventListener("ops", (event) => this.#onEvent(JSON.parse(event.data)));
    source.addEventListener("error", () => this.#lost());
    this.#source = source;
    this.#watch();
  }

  #close() {
    clearTimeout(this.#retry);
    clearTimeout(this.#watchdog);
    this.#source?.close();
    this.#source = undefined;
  }

  #watch() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#lost(), SILENCE);
  }

  /** An EventSource does not reconnect after a response that is not an event stream, and may wait long for a dead peer. */
  #lost() {
    this.#onConnected(false);
    this.#close();
    this.#retry = setTimeout(() => this.#update(), this.#retryDelay * (0.75 + Math.random() / 2));
    this.#retryDelay = Math.min(this.#retryDelay * 1.5, LAST_RETRY);
  }
}
