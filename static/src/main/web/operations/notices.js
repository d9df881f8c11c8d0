import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";

/** Milliseconds for which a notice is shown, unless it reports a failure. */
const SHOWN = 8_000;
const MAX_SHOWN = 4;

const region = document.getElementById("notices");
let notices = [];
let count = 0;

/**
 * Shows a sentence at the edge of the page; screen readers announce it.
 *
 * @param undo takes back what the sentence reports; undefined if nothing does
 */
export function notify(text, { failure = false, undo } = {}) {
  const notice = { id: ++count, text, failure, undo };
  notices = [...notices.slice(1 - MAX_SHOWN), notice];
  show();
  if (!failure) {
    setTimeout(() => dismiss(notice), SHOWN);
  }
}

function dismiss(notice) {
  notices = notices.filter((each) => each !== notice);
  show();
}

function show() {
  render(
    repeat(
      notices,
      ({ id }) => id,
      (notice) => html`<div class="notice" ?data-failure=${notice.failure}>
        <p>${notice.text}</p>
        ${notice.undo
          ? html`<button
              type="button"
              @click=${() => {
                dismiss(notice);
                notice.undo();
              }}
            >
              Undo
            </button>`
          : nothing}
        <button type="button" aria-label="Dismiss" @click=${() => dismiss(notice)}>×</button>
      </div>`,
    ),
    region,
  );
}
