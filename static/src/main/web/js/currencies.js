import { Failure, getJson } from "./api.js";

/** Offered first and shown on the board, in order of their share of global trading. */
const COMMON = ["USD", "EUR", "JPY", "GBP", "CNY", "CHF", "AUD", "CAD", "INR"];

/** The currencies with a current rate: `{ code, name }` by code. */
export class Currencies {
  #byCode;

  constructor(list) {
    this.#byCode = new Map(list.map((currency) => [currency.code, currency]));
  }

  /** Throws a Failure if the request fails or there are no rates yet. */
  static async load() {
    const { body } = await getJson("/api/v1/currencies");
    const current = body.currencies.filter((currency) => currency.current);
    if (current.length === 0) {
      throw new Failure("No currency has a rate yet.", true);
    }
    return new Currencies(current);
  }

  has(code) {
    return this.#byCode.has(code);
  }

  name(code) {
    return this.#byCode.get(code)?.name ?? "";
  }

  get common() {
    return COMMON.filter((code) => this.has(code));
  }

  get others() {
    return [...this.#byCode.keys()].filter((code) => !COMMON.includes(code)).sort();
  }
}

/** Signs that browsers' locale data lacks. */
const SIGNS = { CHF: "Fr" };

/** The sign of a currency (`€`), or its code if it has none. */
export function signOf(code) {
  if (SIGNS[code]) {
    return SIGNS[code];
  }
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency: code, currencyDisplay: "narrowSymbol" })
      .formatToParts(0)
      .find((part) => part.type === "currency").value;
  } catch {
    return code;
  }
}

/** Shows a sign in a badge. */
export function setBadge(badge, code) {
  const sign = signOf(code);
  badge.textContent = sign;
  badge.toggleAttribute("data-long", sign.length > 2);
}
