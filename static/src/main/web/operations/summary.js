import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { duration, millis, percent, whole } from "./format.js";
import { isAvailable } from "./server-states.js";
import { connection, mayChange, servers, stats, traffic, user } from "./state.js";

/** Seconds over which the share of 5xx is taken. */
const ERROR_WINDOW = 60;

/** The share of 5xx above which it is marked. */
const MAX_ERROR_SHARE = 0.01;

const CONNECTIONS = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  paused: "Paused",
};

/** This balancer: its name, uptime and build, and who is logged in. */
export function identity() {
  const { node, build, uptimeSeconds } = stats.value;
  return html`<strong>${node}</strong> <span>up ${duration(uptimeSeconds)}</span> <span>build ${build}</span>
    <span>${user}${mayChange ? nothing : ", read only"}</span>`;
}

export function connectionWord() {
  return CONNECTIONS[connection.value];
}

/** What needs a person, most urgent first. */
export function warnings() {
  const all = stats.value.warnings;
  return all.length === 0
    ? nothing
    : html`<ul class="warnings" aria-label="Warnings">
        ${repeat(
          all,
          ({ code, subject }) => `${code} ${subject}`,
          ({ severity, detail }) => html`<li data-severity=${severity}>
            <strong>${severity === "critical" ? "Critical" : "Warning"}</strong> ${detail}
          </li>`,
        )}
      </ul>`;
}

/** The figures at the top of the page. */
export function figures() {
  const { traffic: now, pools, nodes } = stats.value;
  const all = [...servers.value.values()];
  const available = all.filter(({ server }) => isAvailable(server)).length;
  const ready = nodes.filter(({ state }) => state === "READY").length;
  const errors = errorShare();
  return [
    figure("Requests/s", whole(now.requestsPerSecond)),
    figure("In flight", whole(now.inFlight)),
    figure("p50", millis(now.p50), "ms"),
    figure("p99", millis(now.p99), "ms"),
    figure("5xx, last minute", percent(errors), "", errors > MAX_ERROR_SHARE),
    figure("Streams", whole(pools.reduce((sum, { streams }) => sum + streams, 0))),
    figure("Servers", `${whole(available)} of ${whole(all.length)}`, "", available < all.length),
    figure("Nodes", nodes.length === 0 ? "–" : `${ready} of ${nodes.length}`, "", ready < nodes.length),
  ];
}

function figure(title, value, unit = "", bad = false) {
  return html`<div ?data-bad=${bad}>
    <dt>${title}</dt>
    <dd>${value}${unit && value !== "–" ? html` <small>${unit}</small>` : nothing}</dd>
  </div>`;
}

function errorShare() {
  const { requestsPerSecond, serverErrorsPerSecond } = traffic.value;
  const sum = (values) => values.slice(-ERROR_WINDOW).reduce((total, value) => total + value, 0);
  const requests = sum(requestsPerSecond);
  return requests === 0 ? 0 : Math.min(1, sum(serverErrorsPerSecond) / requests);
}
