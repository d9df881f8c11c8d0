import { html, render } from "../vendor/lit-html/lit-html.js";
import UPlot from "../vendor/uplot/uplot.js";
import { clock, millis, whole } from "./format.js";

const MINUTES = 5;
const HEIGHT = 150;
const DARK = window.matchMedia("(prefers-color-scheme: dark)");

const PLOTS = [
  {
    id: "requests",
    title: "Requests per second",
    format: whole,
    series: [
      { field: "requestsPerSecond", label: "all", color: "--accent", fill: "--plot-fill" },
      { field: "serverErrorsPerSecond", label: "5xx", color: "--bad" },
    ],
  },
  {
    id: "latency",
    title: "Time to first byte, ms",
    format: millis,
    series: [
      { field: "p99", label: "p99", color: "--plot-second" },
      { field: "p50", label: "p50", color: "--accent" },
    ],
  },
];

/** Plots of the last five minutes. */
export class TrafficPlots {
  #host;
  #drawn = [];
  #traffic;

  constructor(host) {
    this.#host = host;
    render(PLOTS.map(figureOf), host);
    DARK.addEventListener("change", () => this.#rebuild());
    new ResizeObserver(() => this.#resize()).observe(host);
  }

  /** Shows samples: one array for each field, `at` in seconds. */
  show(traffic) {
    this.#traffic = traffic;
    if (this.#drawn.length === 0) {
      this.#rebuild();
    } else {
      this.#draw();
    }
  }

  #rebuild() {
    this.#drawn.forEach(({ chart }) => chart.destroy());
    this.#drawn = this.#traffic ? PLOTS.map((plot) => this.#build(plot)) : [];
    this.#draw();
  }

  #build(plot) {
    const figure = this.#host.querySelector(`#plot-${plot.id}`);
    const canvas = figure.querySelector(".canvas");
    const chart = new UPlot(this.#options(plot, canvas, figure), dataOf(plot, this.#traffic), canvas);
    return { plot, figure, chart };
  }

  #options(plot, canvas, figure) {
    const style = getComputedStyle(document.body);
    const color = (name) => style.getPropertyValue(name).trim();
    const axis = {
      stroke: color("--muted"),
      grid: { stroke: color("--line"), width: 1 },
      ticks: { show: false },
      font: `11px ${style.fontFamily}`,
    };
    return {
      width: canvas.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: {
        x: { time: false, range: (_, __, max) => [max - MINUTES * 60, max] },
        y: { range: (_, __, max) => [0, max > 0 ? max * 1.15 : 1] },
      },
      axes: [
        { ...axis, space: 80, size: 26, incrs: [60, 120], values: (_, times) => times.map((at) => clock(at * 1000).slice(0, 5)) },
        { ...axis, size: 52, space: 32, values: (_, values) => values.map((value) => value.toLocaleString("en-GB")) },
      ],
      series: [
        {},
        ...plot.series.map(({ label, color: name, fill }) => ({
          label,
          stroke: color(name),
          fill: fill && color(fill),
          width: 1.5,
          points: { show: false },
        })),
      ],
      hooks: { setCursor: [({ cursor }) => describe(plot, figure, this.#traffic, cursor.idx)] },
    };
  }

  #draw() {
    for (const { plot, figure, chart } of this.#drawn) {
      chart.setData(dataOf(plot, this.#traffic));
      describe(plot, figure, this.#traffic, chart.cursor.left >= 0 ? chart.cursor.idx : undefined);
    }
  }

  #resize() {
    for (const { figure, chart } of this.#drawn) {
      const width = figure.querySelector(".canvas").clientWidth;
      if (width !== chart.width) {
        chart.setSize({ width, height: HEIGHT });
      }
    }
  }
}

function dataOf({ series }, traffic) {
  return [traffic.at, ...series.map(({ field }) => traffic[field])];
}

function figureOf({ id, title, series }) {
  return html`<figure class="card plot" id=${`plot-${id}`}>
    <figcaption>
      <span>${title}</span>
      ${series.map(
        ({ label, color }) => html`<span class="key" data-color=${color}>${label} <b data-series=${label}>–</b></span>`,
      )}
      <time></time>
    </figcaption>
    <div class="canvas" role="img" aria-label=${title}></div>
  </figure>`;
}

/** Writes the values at the cursor, or the last ones, beside the title, and the extremes for those who cannot see the plot. */
function describe({ title, format, series }, figure, traffic, index) {
  const at = index ?? traffic.at.length - 1;
  for (const { field, label } of series) {
    setText(figure.querySelector(`[data-series="${label}"]`), at >= 0 ? format(traffic[field][at]) : "–");
  }
  setText(figure.querySelector("time"), index == null ? "" : clock(traffic.at[at] * 1000));
  const summary = series
    .map(({ field, label }) => `${label} now ${format(traffic[field].at(-1) ?? 0)}, highest ${format(Math.max(0, ...traffic[field]))}`)
    .join("; ");
  figure.querySelector(".canvas").setAttribute("aria-label", `${title} over five minutes: ${summary}`);
}

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
