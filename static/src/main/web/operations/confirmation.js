import { html, nothing, render } from "../vendor/lit-html/lit-html.js";

const MAX_NAMES = 8;
const dialog = document.getElementById("confirmation");

/**
 * Asks before something that may do harm.
 *
 * @param title the question
 * @param text what will happen
 * @param names of what is affected
 * @param action the word on the button that confirms
 * @param weight the number that the user can change; undefined for none
 * @return what the user entered as `weight`, or true; undefined if the user cancelled
 */
export function confirm({ title, text, names = [], action, weight }) {
  const more = names.length - MAX_NAMES;
  return new Promise((resolve) => {
    const close = (event) => {
      event.preventDefault();
      dialog.close(event.submitter?.value ?? "");
    };
    render(
      html`<form method="dialog" @submit=${close}>
        <h2 id="confirmation-title">${title}</h2>
        <p>${text}</p>
        ${names.length > 1
          ? html`<ul class="names">
              ${names.slice(0, MAX_NAMES).map((name) => html`<li>${name}</li>`)}
              ${more > 0 ? html`<li>and ${more} more</li>` : nothing}
            </ul>`
          : nothing}
        ${weight === undefined
          ? nothing
          : html`<label class="field">Weight, 1 to 256
              <input id="new-weight" type="number" min="1" max="256" step="1" required .value=${String(weight)} />
            </label>`}
        <div class="buttons">
          <button type="submit" value="" formnovalidate>Cancel</button>
          <button class="primary" type="submit" value="confirm">${action}</button>
        </div>
      </form>`,
      dialog,
    );
    const answer = () => {
      const confirmed = dialog.returnValue === "confirm";
      const entered = weight === undefined || Number(dialog.querySelector("#new-weight").value);
      render(nothing, dialog);
      resolve(confirmed ? entered : undefined);
    };
    dialog.returnValue = "";
    dialog.addEventListener("close", answer, { once: true });
    dialog.showModal();
    dialog.querySelector("input, button")?.focus();
  });
}
