import { html, svg } from "../../vendor/lit-html/lit-html.js";

const PATHS = {
  swap: svg`<path d="M8 5v13m-3.5-3.5L8 18l3.5-3.5M16 19V6m-3.5 3.5L16 6l3.5 3.5"/>`,
  star: svg`<path d="m12 4 2.5 5.1 5.5.8-4 3.9 1 5.6-5-2.7-5 2.7 1-5.6-4-3.9 5.5-.8z"/>`,
  up: svg`<path d="M12 19V6m-5 5 5-5 5 5"/>`,
  down: svg`<path d="M12 5v13m-5-5 5 5 5-5"/>`,
  remove: svg`<path d="m7 7 10 10M17 7 7 17"/>`,
  add: svg`<path d="M12 5v14M5 12h14"/>`,
  pause: svg`<path d="M9 6v12M15 6v12"/>`,
  play: svg`<path d="m8 5 10 7-10 7z"/>`,
  auto: svg`<path d="M12 4a8 8 0 0 0 0 16z" class="filled"/><circle cx="12" cy="12" r="8"/>`,
  light: svg`<circle cx="12" cy="12" r="3.5"/><path d="M12 3v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4m0-12.8L17 7M7 17l-1.4 1.4"/>`,
  dark: svg`<path d="M19 14.5A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5z"/>`,
};

/** A decorative icon; the control that has it has a name. */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">${PATHS[name]}</svg>`;
}
