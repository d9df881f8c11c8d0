import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { bytes, percent, roughDuration, secondsBetween, whole } from "./format.js";
import { stats } from "./state.js";
import { dataTable } from "./table.js";

const TONES = { READY: "UP", STARTING: "CHECKING", DRAINING: "DRAINING" };
const WORDS = { READY: "Ready", STARTING: "Starting", DRAINING: "Draining" };

/** The nodes of the cluster: build, uptime and load of each. */
export function nodes() {
  const { nodes: all, node, at, eventLoops } = stats.value;
  const lag = Math.max(0, ...eventLoops.map(({ lagMillis }) => lagMillis));
  return html`<div class="panel-head">
      <h2 id="nodes-title">Nodes</h2>
      <p class="aside">longest delay of an event loop here ${whole(lag)} ms</p>
    </div>
    ${all.length === 0
      ? html`<p class="empty">This balancer runs without a cluster.</p>`
      : dataTable("Nodes", columns(node, at), all, ({ id }) => id)}`;
}

function columns(self, at) {
  return [
    { title: "Node", cell: ({ id }) => html`${id}${id === self ? html` <span class="tag">this</span>` : nothing}` },
    { title: "Role", cell: ({ role }) => role },
    {
      title: "State",
      cell: ({ state }) =>
        html`<span class="server-state" data-state=${TONES[state] ?? "CHECKING"}>${WORDS[state] ?? state}</span>`,
    },
    { title: "Address", wide: true, cell: ({ host, port }) => `${host}:${port}` },
    { title: "Build", cell: ({ build }) => build },
    { title: "Uptime", number: true, cell: ({ startedAt }) => roughDuration(secondsBetween(startedAt, at)) },
    { title: "Book", number: true, cell: ({ bookVersion }) => bookAge(bookVersion, at) },
    { title: "In flight", number: true, cell: ({ inFlight }) => whole(inFlight) },
    { title: "Streams", number: true, cell: ({ streams }) => whole(streams) },
    { title: "CPU", number: true, cell: ({ cpu }) => percent(Math.round(cpu * 100) / 100) },
    { title: "Memory", number: true, cell: ({ rssBytes }) => (rssBytes ? bytes(rssBytes) : "–") },
  ];
}

/** How old the node's book is; its version is the time at which it was made. */
function bookAge(version, at) {
  return version ? roughDuration((Date.parse(at) - version) / 1000) : "–";
}
