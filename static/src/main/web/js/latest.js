/** Lets only the newest of several questions be answered: an older answer never overwrites a newer one. */
export class Latest {
  #newest = 0;
  #running = new AbortController();

  /** Asks by `task(signal)`; calls back unless something newer was asked, or all was cancelled, in the meantime. */
  ask(task, onAnswer, onFailure) {
    this.cancel();
    const number = this.#newest;
    this.#running = new AbortController();
    // The abort may come too late for an answer that is already here: the number decides.
    const ifNewest = (then) => (value) => {
      if (number === this.#newest) {
        then(value);
      }
    };
    task(this.#running.signal).then(ifNewest(onAnswer), ifNewest(onFailure));
  }

  /** Forgets the question that is under way. */
  cancel() {
    this.#newest += 1;
    this.#running.abort();
  }
}
