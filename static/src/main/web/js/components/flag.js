import { html } from "../../vendor/lit-html/lit-html.js";

const SPRITE = new URL("../../vendor/flags/flags.svg", import.meta.url).pathname;

/** The flag of a currency's country, over its code for currencies without one. Decorative: the code is beside it. */
export function flag(code) {
  return html`<span class="flag" aria-hidden="true">${code.slice(0, 2)}<svg viewBox="0 0 512 512"><use href=${`${SPRITE}#${code.slice(0, 2).toLowerCase()}`}></use></svg></span>`;
}
