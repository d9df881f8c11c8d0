import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { counted, day, secondsBetween } from "./format.js";
import { stats } from "./state.js";
import { dataTable } from "./table.js";

const DAY = 86_400;
/** Days before the end from which the balancer warns. */
const NOTICE = 14;

/** The TLS certificates in use, and when they expire. */
export function certificates() {
  const { certificates: all, at } = stats.value;
  return html`<div class="panel-head"><h2 id="certificates-title">Certificates</h2></div>
    ${all.length === 0
      ? html`<p class="empty">No TLS certificate is in use.</p>`
      : dataTable("Certificates", columns(at), all, ({ file }) => file)}`;
}

function columns(at) {
  return [
    { title: "Use", cell: ({ use }) => use },
    {
      title: "Names",
      wide: true,
      cell: ({ names, subject, file }) =>
        html`${names?.join(", ") || subject || nothing}<span class="detail">${file}</span>`,
    },
    { title: "Expires", cell: ({ notAfter }) => expiry(notAfter, at) },
  ];
}

function expiry(notAfter, at) {
  const days = Math.floor(secondsBetween(at, notAfter) / DAY);
  const state = days < 0 ? "DOWN" : days < NOTICE ? "SUSPECT" : "UP";
  return html`<span class="server-state" data-state=${state}
      >${days < 0 ? "Expired" : `in ${counted(days, "day")}`}</span
    ><span class="detail">${day(notAfter)}</span>`;
}
