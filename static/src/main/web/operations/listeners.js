import { html } from "../vendor/lit-html/lit-html.js";
import { bytes, whole } from "./format.js";
import { stats } from "./state.js";
import { dataTable } from "./table.js";

const COLUMNS = [
  { title: "Listener", cell: ({ name }) => name },
  { title: "Address", wide: true, cell: ({ scheme, address }) => `${scheme} ${address}` },
  {
    title: "Connections",
    number: true,
    cell: ({ connectionsOpen, connectionsLimit }) => `${whole(connectionsOpen)} of ${whole(connectionsLimit)}`,
  },
  { title: "Req/s", number: true, cell: ({ requestsPerSecond }) => whole(requestsPerSecond) },
  { title: "Refused", number: true, cell: ({ connectionsRefused }) => whole(connectionsRefused) },
  { title: "Rejected", number: true, cell: ({ rejected }) => whole(rejected) },
  { title: "In", number: true, cell: ({ bytesIn }) => bytes(bytesIn) },
  { title: "Out", number: true, cell: ({ bytesOut }) => bytes(bytesOut) },
];

/** The addresses that clients connect to. */
export function listeners() {
  return html`<div class="panel-head"><h2 id="listeners-title">Listeners</h2></div>
    ${dataTable("Listeners", COLUMNS, stats.value.listeners, ({ name }) => name)}`;
}
