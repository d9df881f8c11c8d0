import uPlot from "../../vendor/uplot/uplot.js";

const STYLE = new URL("../../vendor/uplot/uplot.css", import.meta.url).pathname;
const LABEL_GAP = 90;

/** Where points are further apart than this many usual distances, nothing is known between them, and no line is drawn. */
const GAP = 8;

/** A series drawn into a box. It has no state of the page, so that it can load later. Numbers are only coordinates here. */
export class Plot {
  #plot;
  #redraw = () => {};
  #pointed;
  #resized = new ResizeObserver(([{ target }]) => this.#plot?.setSize(sizeOf(target)));
  #styled = new Promise((loaded) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: STYLE, onload: loaded, onerror: loaded });
    document.head.append(link);
  });

  /** @param pointed is called with the index of the point at the crosshair, or undefined */
  constructor(pointed) {
    this.#pointed = pointed;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#redraw());
  }

  /**
   * Draws the points in place of earlier ones.
   *
   * @param box the element; null if there is none, as while the table is shown
   * @param locales of numbers and of dates: `{ number, word }`
   */
  async draw(box, points, locales) {
    this.#redraw = () => {
      this.#plot?.destroy();
      this.#plot = undefined;
      this.#resized.disconnect();
      if (box && points.length > 0) {
        this.#plot = new uPlot(options(box, points, locales, this.#pointed), dataOf(points), box);
        this.#resized.observe(box);
      }
    };
    await this.#styled;
    this.#redraw();
  }

  /** Moves the crosshair to a point. */
  point(index) {
    const plot = this.#plot;
    if (plot && index !== undefined && plot.cursor.idx !== index) {
      const [times, values] = plot.data;
      plot.setCursor({ left: plot.valToPos(times[index], "x"), top: plot.valToPos(values[index], "y") });
    }
  }
}

function dataOf(points) {
  return [points.map((point) => Date.parse(point.at) / 1000), points.map((point) => Number(point.close))];
}

function sizeOf(box) {
  return { width: box.clientWidth, height: box.clientHeight };
}

function options(box, points, locales, pointed) {
  const style = getComputedStyle(box);
  const colour = (name) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--plot-text"),
    grid: { stroke: colour("--plot-grid"), width: 1 },
    ticks: { show: false },
    font: `12px ${style.fontFamily}`,
  };
  const decimals = decimalsFor(points);
  const numbers = new Intl.NumberFormat(locales.number, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return {
    ...sizeOf(box),
    legend: { show: false },
    padding: [8, 24, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 9, fill: colour("--plot-line") } },
    scales: { x: { time: true }, y: { range: (_, low, high) => padded(low, high) } },
    axes: [
      { ...axis, size: 28, grid: { show: false }, space: LABEL_GAP, values: (_, ticks) => labels(ticks, locales.word) },
      { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => numbers.format(tick)) },
    ],
    series: [{}, {
      stroke: colour("--plot-line"),
      width: 2,
      fill: colour("--plot-fill"),
      gaps: ({ data: [times], valToPos }) => gapsIn(times).map((end) => [end - 1, end].map((i) => valToPos(times[i], "x", true))),
      points: { show: points.length < 3, filter: ({ data: [times] }, _, show) => (show ? null : isolatedIn(times)) },
    }],
    hooks: { setCursor: [({ cursor: { idx, left } }) => pointed(left >= 0 && idx !== null ? idx : undefined)] },
  };
}

/** The indexes of the points before which there is a gap. */
function gapsIn(times) {
  const distances = times.slice(1).map((time, i) => time - times[i]);
  const usual = [...distances].sort((a, b) => a - b)[distances.length >> 1];
  return distances.flatMap((distance, i) => (distance > GAP * usual ? [i + 1] : []));
}

/** The indexes of the points that no line touches. */
function isolatedIn(times) {
  const ends = new Set([0, ...gapsIn(times), times.length]);
  return times.flatMap((_, i) => (ends.has(i) && ends.has(i + 1) ? [i] : []));
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

/** Days as years, months or days, and times, whichever their distance calls for. */
function labels(ticks, locale) {
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 86_400;
  const parts = step >= 300 * 86_400
    ? { year: "numeric" }
    : step >= 27 * 86_400
      ? { month: "short", year: "2-digit" }
      : step >= 86_400
        ? { day: "numeric", month: "short" }
        : { hour: "2-digit", minute: "2-digit" };
  const format = new Intl.DateTimeFormat(locale, parts);
  return ticks.map((tick) => format.format(tick * 1000));
}
