import { effect } from "../vendor/signals-core/signals-core.js";
import { alertsPanel, reportAlert } from "./components/alerts.js";
import { board, withLines } from "./components/board.js";
import { chartPanel } from "./components/chart-panel.js";
import { mount } from "./components/mount.js";
import { quickTable } from "./components/quick-table.js";
import { nextTask } from "./next-task.js";
import { startAlerts } from "./state/alerts.js";
import { asTable, focused, shownSeries } from "./state/chart.js";
import { language, numberLocale, wordLocale } from "./state/language.js";
import { theme } from "./state/theme.js";

const PANELS = { chart: chartPanel, board, quick: quickTable, alerts: alertsPanel };

/** Everything besides the converter, panel by panel: chart, board, quick table and alerts. */
export async function mountPanels() {
  for (const [id, view] of Object.entries(PANELS)) {
    await nextTask();
    mount(id, view);
  }
  startAlerts(reportAlert);
  whenNear("chart", drawChart);
  whenNear("board", () => { withLines.value = true; });
}

function whenNear(id, then) {
  new IntersectionObserver((entries, observer) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      observer.disconnect();
      then();
    }
  }, { rootMargin: "200px" }).observe(document.getElementById(id));
}

/** Draws the series, and again when it, the language or the theme changes. The chart's library is loaded for it. */
async function drawChart() {
  const { Plot } = await import("./components/chart-plot.js");
  const plot = new Plot((index) => { focused.value = index; });
  let frame;
  effect(() => {
    const { points } = shownSeries.value;
    const locales = { number: numberLocale.value, word: wordLocale.value };
    void [asTable.value, theme.value, language.value];
    cancelAnimationFrame(frame);
    // The box is rendered by another effect.
    frame = requestAnimationFrame(() => plot.draw(document.getElementById("plot"), points, locales));
  });
  effect(() => plot.point(focused.value));
}
