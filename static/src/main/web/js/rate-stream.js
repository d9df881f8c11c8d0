const FIRST_RETRY = 1_000;
const LAST_RETRY = 30_000;
/** The server asks for 2 s between tries: a connection is lost for the reader only when one of them has failed. */
const GRACE = 3_000;

/**
 * The rates of some pairs as they change, over one EventSource. `onRates({ version, rates })` gets every event,
 * `onConnection(connected)` every change that lasts.
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

  /** Follows these pairs (`EUR/USD`) from now on and no others. */
  follow(pairs) {
    const joined = pairs.join(",");
    if (joined !== this.#pairs) {
      this.#pairs = joined;
      this.#open();
    }
  }

  /** Closes while nobody looks. */
  pause() {
    this.#paused = true;
    this.#close();
    this.#endGrace();
  }

  /** Opens again; the snapshot brings what was missed. */
  resume() {
    this.#paused = false;
    this.#open();
  }

  /** Tells at once that the network is gone, which an EventSource may notice only much later. */
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

  /** An EventSource tries again by itself, and says where it was, unless the answer was not a stream at all. */
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
