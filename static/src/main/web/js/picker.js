import { setBadge } from "./currencies.js";

/** A native select whose selected currency is shown as sign, code and name. */
export class Picker {
  #select;
  #badge;
  #code;
  #name;

  constructor(select, onPick) {
    const label = select.closest("label");
    this.#select = select;
    this.#badge = label.querySelector(".badge");
    this.#code = label.querySelector(".picker-code");
    this.#name = label.querySelector(".picker-name");
    select.addEventListener("change", () => {
      this.#show();
      onPick();
    });
  }

  get code() {
    return this.#select.value;
  }

  set code(code) {
    if (![...this.#select.options].some((option) => option.value === code)) {
      this.#select.append(option(code, ""));
    }
    this.#select.value = code;
    this.#show();
  }

  /** Sets the options, and keeps the selected currency if it is one of them. */
  offer(currencies) {
    const code = this.code;
    this.#select.replaceChildren(
      group("Most traded", currencies.common, currencies),
      group("All others", currencies.others, currencies),
    );
    if (currencies.has(code)) {
      this.code = code;
    }
  }

  #show() {
    const selected = this.#select.selectedOptions[0];
    setBadge(this.#badge, selected?.value ?? "");
    this.#code.textContent = selected?.value ?? "";
    this.#name.textContent = selected?.dataset.name ?? "";
  }
}

function group(label, codes, currencies) {
  const element = document.createElement("optgroup");
  element.label = label;
  element.append(...codes.map((code) => option(code, currencies.name(code))));
  return element;
}

function option(code, name) {
  const element = new Option(name ? `${code} – ${name}` : code, code);
  element.dataset.name = name;
  return element;
}
