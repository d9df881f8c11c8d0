import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { roughDuration, secondsBetween, whole } from "./format.js";
import { stats } from "./state.js";
import { dataTable } from "./table.js";

/** The feeds as the leading rates node reports them, and the book that it made of them. */
export function feeds() {
  const { feeds: all, ratesLeader, at } = stats.value;
  return html`<div class="panel-head">
      <h2 id="feeds-title">Feeds</h2>
      ${bookAge()}
    </div>
    ${all.length === 0
      ? html`<p class="empty">${ratesLeader ? "No feed is configured." : "No rates node has reported its feeds yet."}</p>`
      : dataTable("Feeds", columns(at), all, ({ name }) => name)}`;
}

function columns(at) {
  return [
    { title: "Feed", cell: (feed) => feed.name },
    { title: "State", cell: stateCell },
    { title: "Age", number: true, cell: ({ lastSuccess }) => (lastSuccess ? roughDuration(secondsBetween(lastSuccess, at)) : "–") },
    { title: "Currencies", number: true, cell: ({ currencies }) => whole(currencies) },
    { title: "Next poll", number: true, cell: ({ nextTry }) => nextPoll(nextTry, at) },
    { title: "Circuit", cell: ({ circuit }) => circuit },
  ];
}

function stateCell({ circuit, lastError, lastSuccess, held = {} }) {
  const [state, word] =
    circuit !== "closed"
      ? ["DOWN", "Failing"]
      : lastError
        ? ["SUSPECT", "Retrying"]
        : lastSuccess
          ? ["UP", "Good"]
          : ["CHECKING", "Not polled"];
  const holding = Object.keys(held).length;
  return html`<span class="server-state" data-state=${state}>${word}</span>
    ${lastError ? html`<span class="detail">${lastError}</span>` : nothing}
    ${holding > 0 ? html`<span class="detail">${whole(holding)} held back</span>` : nothing}`;
}

function nextPoll(nextTry, at) {
  if (!nextTry) {
    return "–";
  }
  const seconds = secondsBetween(at, nextTry);
  return seconds >= 1 ? `in ${roughDuration(seconds)}` : "now";
}

/** The version of a book is the time at which it was made. */
function bookAge() {
  const { nodes, ratesLeader, at } = stats.value;
  const newest = Math.max(0, ...nodes.map(({ bookVersion }) => bookVersion));
  return newest === 0
    ? nothing
    : html`<p class="aside">book ${roughDuration((Date.parse(at) - newest) / 1000)} old, led by ${ratesLeader ?? "none"}</p>`;
}
