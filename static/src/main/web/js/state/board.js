import { computed } from "../../vendor/signals-core/signals-core.js";
import { from } from "./conversion.js";
import { codes, stored } from "./stored.js";

const DEFAULTS = ["USD", "GBP", "JPY", "CHF", "CNY", "AUD", "CAD", "INR"];

/** Empty until the reader chooses a base: then it is the currency that is converted. */
const chosenBase = stored("board-base", "", (value) => /^([A-Z]{3})?$/.test(value));

export const base = computed(() => chosenBase.value || from.value);

export function chooseBase(code) {
  chosenBase.value = code;
}

/** The currencies of the board, in the reader's order. */
export const members = stored("board", DEFAULTS, codes);

export function add(code) {
  if (!members.value.includes(code)) {
    members.value = [...members.value, code];
  }
}

export function remove(code) {
  members.value = members.value.filter((each) => each !== code);
}

/** Moves a currency up (−1) or down (1). */
export function move(code, step) {
  const order = members.value.filter((each) => each !== code);
  order.splice(members.value.indexOf(code) + step, 0, code);
  members.value = order;
}
