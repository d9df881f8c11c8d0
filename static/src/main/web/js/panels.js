import { alertsPanel, reportAlert } from "./components/alerts.js";
import { board } from "./components/board.js";
import { chartPanel } from "./components/chart-panel.js";
import { mount } from "./components/mount.js";
import { quickTable } from "./components/quick-table.js";
import { startAlerts } from "./state/alerts.js";

/** Everything besides the converter: chart, board, quick table and alerts. */
export function mountPanels() {
  mount("chart", chartPanel);
  mount("board", board);
  mount("quick", quickTable);
  mount("alerts", alertsPanel);
  startAlerts(reportAlert);
  drawChart();
}

/** The chart's library is loaded when the chart comes near the window. */
function drawChart() {
  new IntersectionObserver(async (entries, observer) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      observer.disconnect();
      const { startPlot } = await import("./components/chart-plot.js");
      startPlot();
    }
  }, { rootMargin: "200px" }).observe(document.getElementById("chart"));
}
