import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { signal } from "../vendor/signals-core/signals-core.js";
import { clock, day } from "./format.js";
import { events as all } from "./state.js";

/** Events that are shown at first. */
const FIRST = 20;
const TONES = [
  [/-(down|ejected|failed|rejected)$/, "bad"],
  [/-(up|recovered|enabled|replaced|reloaded)$/, "good"],
];

const showAll = signal(false);

/** The time line of what happened, newest first. */
export function events() {
  const shown = showAll.value ? all.value : all.value.slice(0, FIRST);
  return html`<div class="panel-head">
      <h2 id="events-title">Events</h2>
      ${all.value.length > FIRST
        ? html`<button type="button" class="quiet" @click=${() => (showAll.value = !showAll.value)}>
            ${showAll.value ? "Show fewer" : `Show all ${all.value.length}`}
          </button>`
        : nothing}
    </div>
    ${all.value.length === 0 ? html`<p class="empty">Nothing has happened since this balancer started.</p>` : nothing}
    <ol class="timeline" aria-label="Events">
      ${repeat(
        shown,
        ({ at, node, type, subject }) => `${at} ${node} ${type} ${subject}`,
        event,
      )}
    </ol>`;
}

function event({ at, type, subject, detail, node }) {
  const tone = TONES.find(([pattern]) => pattern.test(type))?.[1];
  return html`<li data-tone=${tone ?? nothing}>
    <time datetime=${at}>${isToday(at) ? nothing : html`${day(at)} `}${clock(at)}</time>
    <p>
      <strong>${words(type)}</strong> ${subject}${node && node !== subject ? html`<span class="by"> · ${node}</span>` : nothing}
      <span class="detail">${detail}</span>
    </p>
  </li>`;
}

/** `server-down` for people: `Server down`. */
function words(type) {
  const text = type.replaceAll("-", " ");
  return text[0].toUpperCase() + text.slice(1);
}

function isToday(instant) {
  return new Date(instant).toDateString() === new Date().toDateString();
}
