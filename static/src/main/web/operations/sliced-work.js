/** Milliseconds of work after which the browser gets a turn. */
const SLICE = 8;

/** Runs tasks one after the other, and lets the browser draw and handle input in between. */
export class SlicedWork {
  #tasks = [];
  #timer;

  /** Replaces the tasks that are left. The first ones run at once. */
  run(tasks) {
    clearTimeout(this.#timer);
    this.#tasks = [...tasks];
    this.#slice();
  }

  #slice() {
    const end = performance.now() + SLICE;
    do {
      this.#tasks.shift()?.();
    } while (this.#tasks.length > 0 && performance.now() < end);
    if (this.#tasks.length > 0) {
      this.#timer = setTimeout(() => this.#slice());
    }
  }
}
