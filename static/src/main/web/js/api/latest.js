/** Runs requests of which only the newest matters: an older response never overwrites a newer one. */
export class Latest {
  #newest = 0;
  #running = new AbortController();

  /** Cancels the current request and runs `task(signal)`; calls back unless it is superseded or cancelled meanwhile. */
  run(task, onResponse, onFailure) {
    this.cancel();
    const number = this.#newest;
    this.#running = new AbortController();
    // An abort does not stop a response that has already arrived, so the number is checked too.
    const ifNewest = (then) => (value) => {
      if (number === this.#newest) {
        then(value);
      }
    };
    task(this.#running.signal).then(ifNewest(onResponse), ifNewest(onFailure));
  }

  /** Cancels the current request. */
  cancel() {
    this.#newest += 1;
    this.#running.abort();
  }
}
