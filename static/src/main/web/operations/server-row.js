import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { errorsOf, latencyOf } from "./columns.js";
import { millis, roughDuration, secondsBetween, whole } from "./format.js";
import { ACTIONS } from "./orders.js";
import { stateWord } from "./server-states.js";
import { drainProgress, keyOf, mayChange } from "./state.js";

/** Shorter than its name, so that the three fit into a row. */
const SHORT = { Maintenance: "Maint" };

/** The share of failed requests above which they are marked. */
const MAX_ERROR_SHARE = 0.01;

/** The row of a server. Its buttons and fields are handled by the table, which finds the server by `data-key`. */
export function serverRow(pool, server, selected, now) {
  const key = keyOf(pool, server);
  const latency = latencyOf(server);
  const errors = errorsOf(server);
  const failing = errors > MAX_ERROR_SHARE * server.requests;
  return html`<tr data-key=${key} data-state=${server.state} ?data-selected=${selected}>
    ${mayChange
      ? html`<td class="select">
          <label><input type="checkbox" aria-label=${`Select ${server.id}`} .checked=${selected} /></label>
        </td>`
      : nothing}
    <th scope="row">
      ${server.id}${server.backup ? html` <span class="tag">backup</span>` : nothing}
      ${server.address === server.id ? nothing : html`<span class="detail">${server.address}</span>`}
    </th>
    <td class="state">${stateCell(key, server)}</td>
    <td class="number" data-title="Weight">${weightCell(server)}</td>
    <td class="number" data-title="In flight">${whole(server.inFlight)}</td>
    <td class="number" data-title="Req/s">${whole(server.requestsPerSecond)}</td>
    <td class="number" data-title="p50 ms">${millis(latency.p50)}</td>
    <td class="number" data-title="p99 ms">${millis(latency.p99)}</td>
    <td class="number" data-title="Errors" ?data-bad=${failing}>${whole(errors)}</td>
    <td class="number" data-title="Retries">${whole(server.redispatches)}</td>
    <td class="check" data-title="Last check">${checkCell(server)}</td>
    <td class="number" data-title="Ejected">${whole(server.ejections)}</td>
    <td class="number" data-title="Since">${roughDuration(secondsBetween(server.lastChangeAt, now))}</td>
    ${mayChange ? actionsCell(server) : nothing}
  </tr>`;
}

function stateCell(key, server) {
  return html`<span class="server-state" data-state=${server.state}>${stateWord(server.state)}</span>${detail(
      key,
      server,
    )}${agentDetail(server)}`;
}

/** What the agent of a server said last, while that matters. */
function agentDetail({ agent }) {
  const matters = agent && (agent.state !== "ready" || agent.down || agent.weightPercent !== 100);
  return matters && agent.lastCheck ? html`<span class="detail">agent: ${agent.lastCheck.detail}</span>` : nothing;
}

function detail(key, server) {
  if (server.state === "DRAINING") {
    const { left, of } = drainProgress(key, server);
    return left === 0
      ? html`<span class="detail">drained</span>`
      : html`<span class="detail"
          ><progress aria-label=${`Drain of ${server.id}`} max=${of} .value=${of - left}></progress>
          ${whole(left)} left</span
        >`;
  }
  if (server.state === "SLOW_START") {
    return html`<span class="detail">${server.slowStartPercent} % of its weight</span>`;
  }
  if (server.adminState === "drain") {
    return html`<span class="detail">set to drain</span>`;
  }
  return server.resolveError ? html`<span class="detail">${server.resolveError}</span>` : nothing;
}

function weightCell(server) {
  return mayChange
    ? html`<input
        class="weight"
        type="number"
        min="1"
        max="256"
        aria-label=${`Weight of ${server.id}`}
        .value=${String(server.weight)}
      />`
    : whole(server.weight);
}

function checkCell({ lastCheck }) {
  if (!lastCheck) {
    return "none";
  }
  const { passed, code, durationMillis, detail: why, status } = lastCheck;
  return passed
    ? html`<span class="passed">${code ?? "connected"}</span> ${durationMillis} ms`
    : html`<span class="failed">failed</span> <span title=${why || code || status}>${why || code || status}</span>`;
}

function actionsCell(server) {
  return html`<td class="actions">
    <div role="group" aria-label=${`State of ${server.id}`}>
      ${ACTIONS.map(
        ({ state, adminState, word }) =>
          html`<button
            type="button"
            data-order=${state}
            aria-label=${word}
            aria-pressed=${server.adminState === adminState ? "true" : "false"}
          >
            ${SHORT[word] ?? word}
          </button>`,
      )}
    </div>
  </td>`;
}
