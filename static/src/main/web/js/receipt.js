import { inverse } from "./decimal.js";
import { sizeFor } from "./display.js";

const EMPTY = "–";

/** Shows a result and the details of its rate. */
export class Receipt {
  #display;
  #result = document.getElementById("result");
  #unitRate = document.getElementById("unit-rate");
  #inverseRate = document.getElementById("inverse-rate");
  #time = document.getElementById("rate-time");
  #age = document.createElement("span");
  #clock = document.createElement("span");
  #source = document.getElementById("rate-source");
  #servedBy = document.getElementById("served-by");
  #asOf;

  constructor(display) {
    this.#display = display;
  }

  /** Shows a result and returns its formatted text. */
  showResult(response) {
    const text = this.#display.amount(response.result);
    this.#result.textContent = text;
    this.#result.dataset.size = sizeFor(text);
    this.#result.dataset.value = response.result;
    this.#result.dataset.currency = response.to;
    return text;
  }

  clearResult() {
    this.#result.textContent = EMPTY;
    this.#result.dataset.size = "l";
    delete this.#result.dataset.value;
    delete this.#result.dataset.currency;
  }

  showServedBy(node) {
    this.#servedBy.textContent = node || EMPTY;
  }

  showQuote(quote) {
    const [base, counter] = quote.pair.split("/");
    this.#unitRate.textContent = `1 ${base} = ${this.#display.rate(quote.rate)} ${counter}`;
    this.#inverseRate.textContent = `1 ${counter} = ${this.#display.rate(inverse(quote.rate))} ${base}`;
    this.#source.textContent = this.#display.sources(quote.sources);
    this.#time.dateTime = quote.asOf;
    this.#clock.textContent = this.#display.time(quote.asOf);
    this.#time.replaceChildren(this.#clock, " ", this.#age);
    this.#asOf = quote.asOf;
    this.showAge(Date.now());
  }

  clearQuote() {
    for (const element of [this.#unitRate, this.#inverseRate, this.#source, this.#time]) {
      element.textContent = EMPTY;
    }
    this.#time.removeAttribute("datetime");
    this.#asOf = undefined;
  }

  /** Updates the age of the rate. */
  showAge(now) {
    if (this.#asOf !== undefined) {
      const age = this.#display.age(this.#asOf, now);
      if (this.#age.textContent !== age) {
        this.#age.textContent = age;
      }
    }
  }
}
