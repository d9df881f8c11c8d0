import { html } from "../../vendor/lit-html/lit-html.js";
import { chooseLanguage, language, LANGUAGES, t } from "../state/language.js";
import { theme, THEMES } from "../state/theme.js";
import { icon } from "./icons.js";

/** Name, sections, language and theme. */
export function masthead() {
  return html`<a class="wordmark" href="/">
      <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true"><rect width="32" height="32" rx="9"/><path d="M8 12.5h13.5m-4-4 4 4-4 4M24 19.5H10.5m4-4-4 4 4 4"/></svg>
      Ratemesh</a>
    <nav class="sections" aria-label=${t("sections")}>
      <a href="#converter">${t("converter")}</a>
      <a href="#board">${t("board")}</a>
      <a href="/api/">API</a>
    </nav>
    <select class="language" aria-label=${t("language")} @change=${(event) => chooseLanguage(event.target.value)}>
      ${Object.entries(LANGUAGES).map(([code, name]) =>
        html`<option value=${code} lang=${code} ?selected=${code === language.value}>${name}</option>`)}
    </select>
    <div class="themes" role="radiogroup" aria-label=${t("theme")}>
      ${THEMES.map((each) => html`<label title=${t(`theme-${each}`)}>
        <input type="radio" name="theme" value=${each} aria-label=${t(`theme-${each}`)} .checked=${each === theme.value}
          @change=${() => { theme.value = each; }}>${icon(each)}</label>`)}
    </div>`;
}
