import { render } from "../vendor/lit-html/lit-html.js";
import { effect } from "../vendor/signals-core/signals-core.js";
import { certificates } from "./certificates.js";
import { events } from "./events.js";
import { feeds } from "./feeds.js";
import { listeners } from "./listeners.js";
import { nodes } from "./nodes.js";
import { TrafficPlots } from "./plots.js";
import { poolIndex, showPools, stateFilters } from "./pools.js";
import { scaler } from "./scaler.js";
import { selectionBar } from "./selection.js";
import { connection, eventReceived, filter, stats, statsReceived, traffic } from "./state.js";
import { StatsStream } from "./stats-stream.js";
import { connectionWord, figures, identity, warnings } from "./summary.js";

const VIEWS = {
  identity,
  warnings,
  figures,
  "state-filter": stateFilters,
  "pool-index": poolIndex,
  scaler,
  feeds,
  nodes,
  listeners,
  certificates,
  events,
  "selection-bar": selectionBar,
};

const main = document.getElementById("main");
const live = document.getElementById("live");
const pause = document.getElementById("pause");
const plots = new TrafficPlots(document.getElementById("plots"));

const stream = new StatsStream({
  // A task of its own: to parse the statistics of a thousand servers takes as long as to show them.
  onStats: (received) => setTimeout(() => statsReceived(received)),
  onEvent: eventReceived,
  onConnected: (connected) => (connection.value = connected ? "live" : "reconnecting"),
});

for (const [id, view] of Object.entries(VIEWS)) {
  const host = document.getElementById(id);
  effect(() => {
    if (stats.value) {
      render(view(), host);
    }
  });
}

showPools(document.getElementById("pools"));

effect(() => {
  if (stats.value) {
    main.hidden = false;
    plots.show(traffic.value);
    const urgent = stats.value.warnings.length;
    document.title = `${urgent > 0 ? `(${urgent}) ` : ""}Operations – ${stats.value.node} – Ratemesh`;
  }
});

effect(() => {
  live.dataset.connection = connection.value;
  document.getElementById("live-word").textContent = connectionWord();
  pause.textContent = connection.value === "paused" ? "Resume" : "Pause";
});

pause.addEventListener("click", () => {
  if (connection.value === "paused") {
    connection.value = "connecting";
    stream.start();
  } else {
    stream.stop();
    connection.value = "paused";
  }
});

document.getElementById("filter").addEventListener("input", (event) => {
  filter.value = event.target.value.trim().toLowerCase();
});

stream.start();
