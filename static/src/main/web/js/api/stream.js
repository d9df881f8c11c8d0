const FIRST_RETRY = 1_000;
const LAST_RETRY = 30_000;
/** Milliseconds without a connection before it counts as lost. The browser reconnects after 2 s, so one attempt may fail. */
const GRACE = 4_000;
/** Two heartbeats of the server, and one second. */
const SILENCE = 31_000;

/**
 * Every rate against the euro, live, over one EventSource. Reports `rates({ version, rates, whole })`, `opened()`,
 * `lost()` for each lasting loss of the connection, and `silent()` when nothing has arrived for two heartbeats, which an
 * EventSource does not show.
 */
export class RateStream {
  #listener;
  #version;
  #source;
  #stopped = true;
  #retryDelay = FIRST_RETRY;
  #retry;
  #grace;
  #watchdog;

  constructor(listener) {
    this.#listener = listener;
    window.addEventListener("offline", () => this.#offline());
    window.addEventListener("online", () => this.#stopped || this.start());
  }

  /** Opens it; a stream that was stopped continues after the last version. */
  start() {
    this.#stopped = false;
    this.#close();
    this.#beginGrace();
    const since = this.#version === undefined ? "" : `?lastEventId=${this.#version}`;
    const source = new EventSource(`/api/v1/stream${since}`);
    source.addEventListener("open", () => this.#opened());
    source.addEventListener("error", () => this.#failed());
    for (const type of ["snapshot", "rates"]) {
      source.addEventListener(type, (event) => this.#received(event, type === "snapshot"));
    }
    this.#source = source;
  }

  stop() {
    this.#stopped = true;
    this.#close();
    this.#endGrace();
  }

  #close() {
    clearTimeout(this.#retry);
    clearTimeout(this.#watchdog);
    this.#source?.close();
    this.#source = undefined;
  }

  #opened() {
    this.#retryDelay = FIRST_RETRY;
    this.#endGrace();
    this.#watch();
    this.#listener.opened();
  }

  /** An EventSource reconnects with Last-Event-ID, but not if the response was not an event stream. */
  #failed() {
    clearTimeout(this.#watchdog);
    this.#beginGrace();
    if (this.#source?.readyState === EventSource.CLOSED) {
      this.#retry = setTimeout(() => this.start(), this.#retryDelay * (0.75 + Math.random() / 2));
      this.#retryDelay = Math.min(this.#retryDelay * 2, LAST_RETRY);
    }
  }

  #received(event, whole) {
    const { version, rates } = JSON.parse(event.data);
    this.#watch();
    this.#version = version;
    this.#listener.rates({ version, rates, whole });
  }

  #watch() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      this.#watch();
      this.#listener.silent();
    }, SILENCE);
  }

  #beginGrace() {
    this.#grace ??= setTimeout(() => this.#lose(), GRACE);
  }

  #endGrace() {
    clearTimeout(this.#grace);
    this.#grace = undefined;
  }

  #lose() {
    this.#endGrace();
    this.#listener.lost();
  }

  /** An EventSource may detect a lost network much later than the browser does. */
  #offline() {
    if (!this.#stopped) {
      this.#close();
      this.#retry = setTimeout(() => this.start(), LAST_RETRY);
      this.#lose();
    }
  }
}
