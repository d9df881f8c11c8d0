import { effect } from "../../vendor/signals-core/signals-core.js";
import { date, entered, from, markup, restore, side, to } from "./conversion.js";

const CODE = /^[A-Za-z]{3}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const PERCENT = /^\d{1,2}(\.\d{1,3})?$/;

/** `{ from, to, amount, side, date, markup }` of a query; missing or invalid values are undefined. */
function read(search) {
  const query = new URLSearchParams(search);
  const matching = (name, pattern) => (pattern.test(query.get(name) ?? "") ? query.get(name) : undefined);
  return {
    from: matching("from", CODE)?.toUpperCase(),
    to: matching("to", CODE)?.toUpperCase(),
    amount: query.get("amount") ?? undefined,
    side: matching("side", /^(from|to)$/),
    date: matching("date", DAY),
    markup: matching("markup", PERCENT),
  };
}

function write() {
  const { amount } = entered.value;
  const values = {
    from: from.value,
    to: to.value,
    ...(amount !== undefined && { amount }),
    ...(side.value === "to" && { side: "to" }),
    ...(date.value && { date: date.value }),
    ...(markup.value !== "0" && { markup: markup.value }),
  };
  return `?${new URLSearchParams(values)}`;
}

/** The part of a link whose change is a step that "back" undoes. Typing is none. */
function step() {
  return [from.value, to.value, date.value, markup.value].join();
}

/** Restores what the address says, keeps the address up to date, and follows "back" and "forward". */
export function startLink() {
  restore(read(location.search));
  let last = step();
  let restoring = false;
  effect(() => {
    const query = write();
    const next = step();
    const keep = restoring || next === last;
    last = next;
    if (query !== location.search) {
      history[keep ? "replaceState" : "pushState"](null, "", query + location.hash);
    }
  });
  window.addEventListener("popstate", () => {
    restoring = true;
    restore(read(location.search));
    restoring = false;
  });
}
