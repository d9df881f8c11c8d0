import { setBadge } from "./currencies.js";
import { compare } from "./decimal.js";

const ROWS = 8;

/** One unit of the base in the main currencies; each row is a button that picks its currency. */
export class Board {
  #list;
  #base;
  #display;
  #onPick;
  #rows = new Map();

  constructor(list, base, display, onPick) {
    this.#list = list;
    this.#base = base;
    this.#display = display;
    this.#onPick = onPick;
  }

  /** Creates the rows for a base, marks the picked currency, and returns the pairs to follow. */
  show(currencies, base, picked) {
    const codes = currencies.common.filter((code) => code !== base).slice(0, ROWS);
    if (this.#base.textContent !== base || this.#rows.size === 0) {
      this.#base.textContent = base;
      this.#rows = new Map(codes.map((code) => [code, this.#row(code, currencies.name(code))]));
      this.#list.replaceChildren(...[...this.#rows.values()].map((row) => row.item));
    }
    for (const [code, row] of this.#rows) {
      row.button.setAttribute("aria-pressed", String(code === picked));
    }
    return codes.map((code) => `${base}/${code}`);
  }

  /** Shows the rates of an event. */
  update(rates) {
    for (const [code, row] of this.#rows) {
      const quote = rates[`${this.#base.textContent}/${code}`];
      if (quote && quote.rate !== row.known) {
        this.#tick(row, quote.rate);
      }
    }
  }

  #tick(row, rate) {
    row.rate.textContent = this.#display.rate(rate);
    if (row.known !== undefined) {
      row.button.dataset.move = compare(rate, row.known) > 0 ? "up" : "down";
      // Reading a size forces a layout; without it, removing and adding the class in one frame has no effect.
      row.rate.classList.remove("ticked");
      row.rate.getBoundingClientRect();
      row.rate.classList.add("ticked");
    }
    row.known = rate;
  }

  #row(code, name) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    const badge = part("badge", "");
    badge.setAttribute("aria-hidden", "true");
    setBadge(badge, code);
    const rate = part("board-rate", "–");
    button.append(badge, part("board-code", code), part("board-name", name), rate);
    button.addEventListener("click", () => this.#onPick(code));
    item.append(button);
    return { item, button, rate, known: undefined };
  }
}

function part(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}
