import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { computed, effect, signal } from "../../vendor/signals-core/signals-core.js";
import { currencyName } from "../numbers/format.js";
import { preferred } from "../state/currencies.js";
import { t } from "../state/language.js";
import { search } from "./currency-search.js";
import { flag } from "./flag.js";

const PAGE = 8;

/**
 * A combobox with a list of currencies (ARIA Authoring Practices): typing filters the list by code, name, country and sign;
 * arrow keys move in it, Enter chooses, Escape closes.
 */
export class CurrencyPicker {
  #id;
  #label;
  #code;
  #offered;
  #pick;
  #open = signal(false);
  #query = signal("");
  #active = signal(0);
  #matches;

  /**
   * @param id of the field
   * @param label key of its name
   * @param code returns the chosen currency, or an empty text
   * @param offered returns the codes to choose from
   * @param pick is called with the chosen code
   */
  constructor({ id, label, code, offered, pick }) {
    this.#id = id;
    this.#label = label;
    this.#code = code;
    this.#offered = offered;
    this.#pick = pick;
    this.#matches = computed(() => this.#open.value ? search(this.#ordered(), this.#query.value) : []);
    effect(() => {
      if (this.#open.value && this.#matches.value[this.#active.value]) {
        requestAnimationFrame(() => document.getElementById(this.#optionId(this.#active.peek()))?.scrollIntoView({ block: "nearest" }));
      }
    });
  }

  /** The field with its list. */
  view() {
    const code = this.#code();
    const matches = this.#matches.value;
    const expanded = matches.length > 0;
    return html`<div class="picker" ?data-open=${this.#open.value}>
      ${code ? flag(code) : nothing}
      <input id=${this.#id} class="picker-input" role="combobox" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false"
        aria-label=${t(this.#label)} aria-autocomplete="list" aria-haspopup="listbox" aria-expanded=${expanded}
        aria-controls=${expanded ? `${this.#id}-list` : nothing}
        aria-activedescendant=${expanded ? this.#optionId(this.#active.value) : nothing}
        aria-describedby=${code ? `${this.#id}-name` : nothing}
        placeholder=${t("picker-search")} .value=${this.#open.value ? this.#query.value : code}
        @focus=${(event) => event.target.select()} @click=${() => this.#show()} @input=${(event) => this.#typed(event.target.value)}
        @keydown=${(event) => this.#key(event)} @blur=${() => this.#close()}>
      <span class="picker-name" id="${this.#id}-name">${code ? currencyName(code) : ""}</span>
      ${this.#open.value ? this.#list(matches) : nothing}
    </div>`;
  }

  #ordered() {
    const offered = this.#offered();
    const first = preferred.value.filter((code) => offered.includes(code));
    return [...first, ...offered.filter((code) => !first.includes(code)).sort()];
  }

  #list(matches) {
    if (matches.length === 0) {
      return html`<p class="picker-list picker-empty">${t("picker-none")}</p>`;
    }
    const preferredCount = this.#query.value === "" ? matches.filter((code) => preferred.value.includes(code)).length : 0;
    const group = (key, codes, start) => codes.length === 0 ? nothing : html`<div role="group" aria-label=${t(key)}>
      <div class="picker-heading" aria-hidden="true">${t(key)}</div>
      ${codes.map((code, index) => this.#option(code, start + index))}</div>`;
    return html`<div class="picker-list" role="listbox" id="${this.#id}-list" aria-label=${t(this.#label)}>
      ${preferredCount > 0
        ? [group("picker-preferred", matches.slice(0, preferredCount), 0), group("picker-others", matches.slice(preferredCount), preferredCount)]
        : matches.map((code, index) => this.#option(code, index))}
    </div>`;
  }

  #option(code, index) {
    return html`<div class="picker-option" role="option" id=${this.#optionId(index)} aria-selected=${code === this.#code()}
      ?data-active=${index === this.#active.value} @mousedown=${(event) => event.preventDefault()} @click=${() => this.#choose(code)}>
      ${flag(code)}<b>${code}</b><span>${currencyName(code)}</span></div>`;
  }

  #optionId(index) {
    return `${this.#id}-option-${index}`;
  }

  #show() {
    if (!this.#open.value) {
      this.#query.value = "";
      this.#open.value = true;
      this.#active.value = Math.max(0, this.#matches.value.indexOf(this.#code()));
    }
  }

  #typed(text) {
    this.#open.value = true;
    this.#query.value = text;
    this.#active.value = 0;
  }

  #close() {
    this.#open.value = false;
    this.#query.value = "";
  }

  #choose(code) {
    this.#close();
    this.#pick(code);
  }

  #key(event) {
    const last = this.#matches.value.length - 1;
    const move = (index) => {
      event.preventDefault();
      if (this.#open.value) {
        this.#active.value = Math.min(Math.max(index, 0), last);
      } else {
        this.#show();
      }
    };
    switch (event.key) {
      case "ArrowDown":
        return move(this.#active.value === last ? 0 : this.#active.value + 1);
      case "ArrowUp":
        return move(this.#active.value === 0 ? last : this.#active.value - 1);
      case "PageDown":
        return move(this.#active.value + PAGE);
      case "PageUp":
        return move(this.#active.value - PAGE);
      case "Escape":
        return this.#close();
      case "Enter":
        event.preventDefault();
        return this.#open.value && last >= 0 ? this.#choose(this.#matches.value[this.#active.value]) : this.#show();
      case "Tab":
        // A code that was typed completely is chosen, as in a native list.
        if (this.#matches.value[0] === this.#query.value.trim().toUpperCase()) {
          this.#choose(this.#matches.value[0]);
        }
    }
  }
}
