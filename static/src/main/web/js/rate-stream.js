const FIRST_RETRY = 1_000;
const LAST_RETRY = 30_000;
/** Milliseconds without a connection before it counts as lost. The browser reconnects after 2 s, so one attempt may fail. */
const GRACE = 3_000;

/**
 * Live rates of some pairs, over one EventSource. Calls `onRates({ version, rates })` for each event and
 * `onConnection(connected)` for each lasting change of the connection.
 */
export class RateStream {
  #onRates;
  #onConnection;
  #pairs = "";
  #source;
  #paused = false;
  #retryDelay = FIRST_RETRY;
  #retry;
  #grace;

  constructor(onRates, onConnection) {
    this.#onRates = onRates;
    this.#onConnection = onConnection;
  }

  /** Follows exactly these pairs, such as `EUR/USD`. */
  follow(pairs) {
    const joined = pairs.join(",");
    if (joined !== this.#pairs) {
      this.#pairs = joined;
      this.#open();
    }
  }

  /** Closes the stream while the page is hidden. */
  pause() {
    this.#paused = true;
    this.#close();
    this.#endGrace();
  }

  /** Opens the stream again; its snapshot contains what was missed. */
  resume() {
    this.#paused = false;
    this.#open();
  }

  /** Reports the lost connection at once; an EventSource may detect it much later. */
  networkLost() {
    this.#endGrace();
    this.#onConnection(false);
  }

  #open() {
    this.#close();
    if (this.#paused || this.#pairs === "") {
      return;
    }
    this.#beginGrace();
    const source = new EventSource(`/api/v1/stream?pairs=${this.#pairs}`);
    source.addEventListener("open", () => this.#opened());
    source.addEventListener("error", () => this.#failed());
    for (const type of ["snapshot", "rates", "resync"]) {
      source.addEventListener(type, (event) => this.#received(event));
    }
    this.#source = source;
  }

  #close() {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = undefined;
  }

  #opened() {
    this.#retryDelay = FIRST_RETRY;
    this.#endGrace();
    this.#onConnection(true);
  }

  /** An EventSource reconnects with Last-Event-ID, but not if the response was not an event stream. */
  #failed() {
    this.#beginGrace();
    if (this.#source?.readyState === EventSource.CLOSED) {
      this.#retry = setTimeout(() => this.#open(), this.#retryDelay * (0.75 + Math.random() / 2));
      this.#retryDelay = Math.min(this.#retryDelay * 2, LAST_RETRY);
    }
  }

  #received(event) {
    const { version, rates } = JSON.parse(event.data || "{}");
    if (rates) {
      this.#onRates({ version, rates });
    }
  }

  #beginGrace() {
    this.#grace ??= setTimeout(() => this.#onConnection(false), GRACE);
  }

  #endGrace() {
    clearTimeout(this.#grace);
    this.#grace = undefined;
  }
}
