import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";

/**
 * A table that scrolls sideways where it is too wide; on a phone each row is a block, and each cell has its title.
 *
 * @param name its accessible name
 * @param columns each with a `title`, a `cell(row)` and perhaps `number: true`, or `wide: true` if it needs two places on a phone; the
 *     first is the header of its row
 * @param rows in their order
 * @param key returns what identifies a row
 */
export function dataTable(name, columns, rows, key) {
  return html`<div class="scroller" role="region" aria-label=${`${name}, table`} tabindex="0">
    <table>
      <caption class="visually-hidden">
        ${name}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ title, number }) => html`<th scope="col" class=${number ? "number" : nothing}>${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows,
          key,
          (row) => html`<tr>
            ${columns.map(({ title, cell, number, wide }, index) =>
              index === 0
                ? html`<th scope="row">${cell(row)}</th>`
                : html`<td class=${number ? "number" : wide ? "wide" : nothing} data-title=${title}>${cell(row)}</td>`,
            )}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
