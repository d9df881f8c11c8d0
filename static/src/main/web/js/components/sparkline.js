import { html, svg } from "../../vendor/lit-html/lit-html.js";

const WIDTH = 64;
const HEIGHT = 24;

/** The closes of a series as a small line. Numbers are only coordinates here. */
export function sparkline(points) {
  if (points.length < 2) {
    return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"></svg>`;
  }
  const values = points.map((point) => Number(point.close));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const path = values
    .map((value, index) => {
      const x = (index / (values.length - 1)) * WIDTH;
      const y = high === low ? HEIGHT / 2 : HEIGHT - 2 - ((value - low) / (high - low)) * (HEIGHT - 4);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" data-move=${values.at(-1) < values[0] ? "down" : "up"}>${svg`<polyline points=${path} />`}</svg>`;
}
