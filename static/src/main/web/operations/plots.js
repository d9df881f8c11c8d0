import { html, render } from "../vendor/lit-html/lit-html.js";
import { clock, millis, whole } from "./format.js";

const NOT_LOADED = "The plot could not be loaded. Load this page again.";
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

/** Plots of the last five minutes. Titles and values are shown at once; what draws the lines is loaded meanwhile. */
export class TrafficPlots {
  #figures;
  #Chart;
  #traffic;

  constructor(host) {
    render(PLOTS.map(figureOf), host);
    this.#figures = PLOTS.map((plot) => {
      const figure = host.querySelector(`#plot-${plot.id}`);
      return { plot, figure, canvas: figure.querySelector(".canvas") };
    });
    DARK.addEventListener("change", () => this.#rebuild());
    new ResizeObserver(() => this.#figures.forEach(({ chart }) => chart?.resize())).observe(host);
    import("./plot-chart.js").then(
      ({ PlotChart }) => {
        this.#Chart = PlotChart;
        this.#rebuild();
      },
      () => this.#figures.forEach(({ canvas }) => (canvas.textContent = NOT_LOADED)),
    );
  }

  /** Shows samples: one array for each field, `at` in seconds. */
  show(traffic) {
    const first = !this.#traffic;
    this.#traffic = traffic;
    if (first) {
      this.#rebuild();
    }
    for (const { plot, figure, chart } of this.#figures) {
      chart?.show(traffic);
      describe(plot, figure, traffic, chart?.pointed);
    }
  }

  /** With the colours of now. */
  #rebuild() {
    if (this.#traffic && this.#Chart) {
      for (const each of this.#figures) {
        const onCursor = (index) => describe(each.plot, each.figure, this.#traffic, index);
        each.chart?.destroy();
        each.chart = new this.#Chart(each.plot.series, each.canvas, this.#traffic, onCursor);
      }
    }
  }
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
