import { effect } from "../../vendor/signals-core/signals-core.js";
import uPlot from "../../vendor/uplot/uplot.js";
import { asTable, focused, shownSeries } from "../state/chart.js";
import { language, numberLocale, wordLocale } from "../state/language.js";
import { theme } from "../state/theme.js";

const LABEL_GAP = 90;

let plot;

/**
 * Draws the series into the box of the chart, and again when it, the language or the theme changes. Numbers are only
 * coordinates here.
 */
export function startPlot() {
  let frame;
  effect(() => {
    void [shownSeries.value, asTable.value, theme.value, language.value];
    cancelAnimationFrame(frame);
    // The box is rendered by another effect.
    frame = requestAnimationFrame(draw);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  effect(() => moveCrosshair(focused.value));
}

const resized = new ResizeObserver(([{ target }]) => plot?.setSize(sizeOf(target)));

function draw() {
  const { points } = shownSeries.peek();
  const box = document.getElementById("plot");
  plot?.destroy();
  plot = undefined;
  resized.disconnect();
  if (box && points.length > 0) {
    plot = new uPlot(options(box, points), dataOf(points), box);
    resized.observe(box);
  }
}

function moveCrosshair(index) {
  if (plot && index !== undefined && plot.cursor.idx !== index) {
    const [times, values] = plot.data;
    plot.setCursor({ left: plot.valToPos(times[index], "x"), top: plot.valToPos(values[index], "y") });
  }
}

function dataOf(points) {
  return [points.map((point) => Date.parse(point.at) / 1000), points.map((point) => Number(point.close))];
}

function sizeOf(box) {
  return { width: box.clientWidth, height: box.clientHeight };
}

function options(box, points) {
  const style = getComputedStyle(box);
  const colour = (name) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--plot-text"),
    grid: { stroke: colour("--plot-grid"), width: 1 },
    ticks: { show: false },
    font: `12px ${style.fontFamily}`,
  };
  const decimals = decimalsFor(points);
  return {
    ...sizeOf(box),
    legend: { show: false },
    padding: [8, 24, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 9, fill: colour("--plot-line") } },
    scales: { x: { time: true }, y: { range: (_, low, high) => padded(low, high) } },
    axes: [
      { ...axis, size: 28, grid: { show: false }, space: LABEL_GAP, values: (_, ticks) => labels(ticks) },
      { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => tickText(tick, decimals)) },
    ],
    series: [{}, { stroke: colour("--plot-line"), width: 2, fill: colour("--plot-fill"), points: { show: points.length < 3 } }],
    hooks: { setCursor: [(self) => pointed(self)] },
  };
}

function pointed({ cursor: { idx, left } }) {
  focused.value = left >= 0 && idx !== null ? idx : undefined;
}

/** Also a series that does not change is a line in the middle. */
function padded(low, high) {
  const space = (high - low) * 0.08 || high * 0.01;
  return [low - space, high + space];
}

/** Decimals that tell neighbouring lines of the grid apart. */
function decimalsFor(points) {
  const values = points.map((point) => Number(point.close));
  const spread = Math.max(...values) - Math.min(...values) || Math.max(...values) / 100;
  return Math.min(10, Math.max(0, 1 - Math.floor(Math.log10(spread))));
}

function tickText(tick, decimals) {
  return new Intl.NumberFormat(numberLocale.value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(tick);
}

/** Days as years, months or days, and times, whichever their distance calls for. */
function labels(ticks) {
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 86_400;
  const parts = step >= 300 * 86_400
    ? { year: "numeric" }
    : step >= 27 * 86_400
      ? { month: "short", year: "2-digit" }
      : step >= 86_400
        ? { day: "numeric", month: "short" }
        : { hour: "2-digit", minute: "2-digit" };
  const format = new Intl.DateTimeFormat(wordLocale.value, parts);
  return ticks.map((tick) => format.format(tick * 1000));
}
