import UPlot from "../vendor/uplot/uplot.js";
import { clock } from "./format.js";

const MINUTES = 5;
const HEIGHT = 150;

/** The lines and axes of a plot of the last five minutes. */
export class PlotChart {
  #series;
  #canvas;
  #traffic;
  #chart;

  /**
   * Draws into `canvas`. Calls `onCursor(index)` with the sample that the user points at, undefined for none.
   *
   * @param series each with the `field` of the samples, and the `label`, `color` and perhaps `fill` of its line
   */
  constructor(series, canvas, traffic, onCursor) {
    this.#series = series;
    this.#canvas = canvas;
    this.#traffic = traffic;
    this.#chart = new UPlot(this.#options(onCursor), this.#data(), canvas);
  }

  /** The index of the sample that the user points at; undefined for none. */
  get pointed() {
    const { left, idx } = this.#chart.cursor;
    return left >= 0 ? idx : undefined;
  }

  show(traffic) {
    this.#traffic = traffic;
    this.#chart.setData(this.#data());
  }

  resize() {
    const width = this.#canvas.clientWidth;
    if (width !== this.#chart.width) {
      this.#chart.setSize({ width, height: HEIGHT });
    }
  }

  destroy() {
    this.#chart.destroy();
  }

  #data() {
    return [this.#traffic.at, ...this.#series.map(({ field }) => this.#traffic[field])];
  }

  /** Not from what uPlot passes, which for a single sample is wider than five minutes. */
  #lastMinutes() {
    const end = this.#traffic.at.at(-1) ?? Date.now() / 1000;
    return [end - MINUTES * 60, end];
  }

  #options(onCursor) {
    const style = getComputedStyle(document.body);
    const color = (name) => style.getPropertyValue(name).trim();
    const axis = {
      stroke: color("--muted"),
      grid: { stroke: color("--line"), width: 1 },
      ticks: { show: false },
      font: `11px ${style.fontFamily}`,
    };
    return {
      width: this.#canvas.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: {
        x: { time: false, range: () => this.#lastMinutes() },
        y: { range: (_, __, max) => [0, max > 0 ? max * 1.15 : 1] },
      },
      axes: [
        { ...axis, space: 80, size: 26, incrs: [60, 120], values: (_, times) => times.map((at) => clock(at * 1000).slice(0, 5)) },
        { ...axis, size: 52, space: 32, values: (_, values) => values.map((value) => value.toLocaleString("en-GB")) },
      ],
      series: [
        {},
        ...this.#series.map(({ label, color: name, fill }) => ({
          label,
          stroke: color(name),
          fill: fill && color(fill),
          width: 1.5,
          points: { show: false },
        })),
      ],
      hooks: { setCursor: [({ cursor }) => onCursor(cursor.idx)] },
    };
  }
}
