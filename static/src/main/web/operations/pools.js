import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { effect } from "../vendor/signals-core/signals-core.js";
import { COLUMNS, latencyOf, sorted } from "./columns.js";
import { millis, whole } from "./format.js";
import { select, setState, setWeight } from "./selection.js";
import { serverRow } from "./server-row.js";
import { isAvailable, STATE_GROUPS, stateWord } from "./server-states.js";
import { SlicedWork } from "./sliced-work.js";
import {
  collapsed,
  filter,
  keyOf,
  mayChange,
  selected,
  servers,
  sorting,
  stateFilter,
  stats,
} from "./state.js";

/** Fewer pools need no index. */
const MIN_INDEX = 4;

/** The order of rows by pool, kept while the user points at a table or works in it. */
const orders = new Map();

/** Shows a section for each pool with a server that is searched for; those that the user sees are updated first. */
export function showPools(host) {
  const work = new SlicedWork();
  const visible = new Set();
  const observer = new IntersectionObserver((entries) =>
    entries.forEach(({ target, isIntersecting }) => (isIntersecting ? visible.add(target) : visible.delete(target))),
  );
  effect(() => {
    if (!stats.value) {
      return;
    }
    const { pools: all, at } = stats.value;
    const shown = searched(all);
    const view = { sorting: sorting.value, selected: selected.value, collapsed: collapsed.value, at };
    render(frames(shown, all.length), host);
    const tasks = shown.map(({ pool, rows }) => {
      const frame = document.getElementById(sectionId(pool));
      observer.observe(frame);
      return { frame, draw: () => render(section(pool, inOrder(pool, rows, view), view), frame) };
    });
    const [seen, unseen] = [true, false].map((wanted) => tasks.filter(({ frame }) => visible.has(frame) === wanted));
    work.run([...seen, ...unseen].map(({ draw }) => draw));
  });
}

function searched(all) {
  const filtering = filter.value !== "" || stateFilter.value !== "all";
  return all
    .map((pool) => ({ pool, rows: pool.servers.filter((server) => isSearched(pool, server)) }))
    .filter(({ rows }) => !filtering || rows.length > 0);
}

/** Empty sections, as high as they will be: then nothing moves while they are filled. */
function frames(shown, total) {
  return shown.length === 0
    ? html`<p class="card empty">${total === 0 ? "There are no pools." : "No server matches the filter."}</p>`
    : repeat(
        shown,
        ({ pool }) => pool.name,
        ({ pool, rows }) => html`<section
          class="card pool"
          id=${sectionId(pool)}
          aria-labelledby=${`${sectionId(pool)}-title`}
          .style=${`--rows: ${Math.max(1, rows.length)}`}
        ></section>`,
      );
}

/** A button for each group of states, with the number of servers. */
export function stateFilters() {
  const all = [...servers.value.values()].map(({ server }) => server);
  return html`<div class="segments" role="group" aria-label="State">
    ${Object.entries(STATE_GROUPS).map(
      ([id, { word, has }]) => html`<button
        type="button"
        aria-pressed=${stateFilter.value === id ? "true" : "false"}
        @click=${() => (stateFilter.value = id)}
      >
        ${word} <span class="count">${whole(all.filter(({ state }) => has(state)).length)}</span>
      </button>`,
    )}
  </div>`;
}

/** Links to the pools, if there are many. */
export function poolIndex() {
  const all = stats.value.pools;
  return all.length < MIN_INDEX
    ? nothing
    : html`<nav aria-label="Pools">
        ${all.map(
          (pool) => html`<a href=${`#${sectionId(pool)}`} ?data-bad=${!pool.available || pool.panic}>
            ${pool.name} <span class="count">${availability(pool)}</span>
          </a>`,
        )}
      </nav>`;
}

function section(pool, rows, view) {
  const open = !view.collapsed.has(pool.name);
  return html`<div class="pool-head">
      <h2 id=${`${sectionId(pool)}-title`}>
        <button type="button" aria-expanded=${open ? "true" : "false"} @click=${() => toggle(pool)}>${pool.name}</button>
      </h2>
      ${facts(pool)}
    </div>
    ${open ? table(pool, rows, view) : nothing}`;
}

function facts(pool) {
  const { p50, p99 } = latencyOf(pool);
  const queue = pool.queue;
  return html`<ul class="facts">
    <li ?data-bad=${!pool.available || pool.panic}>
      ${availability(pool)} available${pool.panic ? ", panic mode" : nothing}
    </li>
    <li>${pool.mode.toUpperCase()}, ${pool.algorithm.replace("-", " ")}</li>
    <li>${whole(pool.requestsPerSecond)} req/s</li>
    <li>${whole(pool.inFlight)} in flight</li>
    <li>p50 ${millis(p50)}, p99 ${millis(p99)} ms</li>
    <li ?data-bad=${queue.current > 0}>${whole(queue.current)} queued</li>
    ${pool.retryBudget && pool.retryBudget.denied > 0
      ? html`<li data-bad>${whole(pool.retryBudget.denied)} retries denied</li>`
      : nothing}
  </ul>`;
}

function table(pool, rows, { sorting: sort, selected: chosenKeys, at }) {
  const keys = rows.map((server) => keyOf(pool, server));
  const chosen = keys.filter((key) => chosenKeys.has(key)).length;
  return html`<div class="scroller" role="region" aria-label=${`${pool.name}, table`} tabindex="0">
    <table class="servers">
      <caption class="visually-hidden">${pool.name}</caption>
      <thead>
        <tr>
          ${mayChange
            ? html`<th scope="col" class="select">
                <label
                  ><input
                    type="checkbox"
                    aria-label=${`Select all servers of ${pool.name}`}
                    .checked=${chosen > 0 && chosen === keys.length}
                    .indeterminate=${chosen > 0 && chosen < keys.length}
                    @change=${(event) => select(keys, event.target.checked)}
                /></label>
              </th>`
            : nothing}
          ${COLUMNS.map((column) => heading(column, sort))} ${mayChange ? html`<th scope="col" data-column="set">Set</th>` : nothing}
        </tr>
      </thead>
      <tbody @click=${clicked} @change=${changed}>
        ${repeat(
          rows,
          (server) => server.id,
          (server) => serverRow(pool, server, chosenKeys.has(keyOf(pool, server)), at),
        )}
        ${rows.length === 0
          ? html`<tr>
              <td class="empty" colspan=${COLUMNS.length + 2}>No server yet. Servers appear by themselves.</td>
            </tr>`
          : nothing}
      </tbody>
    </table>
  </div>`;
}

function heading({ id, title, number }, { column, descending }) {
  const sort = column !== id ? "none" : descending ? "descending" : "ascending";
  return html`<th scope="col" class=${number ? "number" : nothing} data-column=${id} aria-sort=${sort}>
    <button type="button" @click=${() => sortBy(id, number)}>${title}</button>
  </th>`;
}

/** First the more interesting end of the column, then the other, then the order of the pool. */
function sortBy(id, number) {
  const { column, descending } = sorting.value;
  const first = Boolean(number);
  if (column !== id) {
    sorting.value = { column: id, descending: first };
  } else if (descending === first) {
    sorting.value = { column: id, descending: !first };
  } else {
    sorting.value = { column: undefined, descending: false };
  }
}

function inOrder(pool, rows, { sorting: sort, at }) {
  const kept = orders.get(pool.name);
  const busy = document.getElementById(sectionId(pool))?.matches(":hover, :focus-within");
  if (kept?.sort === sort && busy) {
    const place = new Map(kept.ids.map((id, index) => [id, index]));
    const placeOf = ({ id }) => place.get(id) ?? place.size;
    return [...rows].sort((a, b) => placeOf(a) - placeOf(b));
  }
  const ordered = sorted(rows, sort, at);
  orders.set(pool.name, { sort, ids: ordered.map(({ id }) => id) });
  return ordered;
}

function isSearched(pool, server) {
  return (
    STATE_GROUPS[stateFilter.value].has(server.state) &&
    (filter.value === "" ||
      `${pool.name} ${server.id} ${server.address} ${stateWord(server.state)}`.toLowerCase().includes(filter.value))
  );
}

function clicked(event) {
  const button = event.target.closest("button[data-order]");
  if (button) {
    setState([rowKey(button)], button.dataset.order);
  }
}

async function changed(event) {
  const field = event.target;
  const key = rowKey(field);
  if (field.type === "checkbox") {
    select([key], field.checked);
  } else if (field.checkValidity()) {
    await setWeight([key], field.valueAsNumber);
    field.value = servers.value.get(key)?.server.weight ?? field.value;
  } else {
    field.reportValidity();
  }
}

function rowKey(element) {
  return element.closest("tr").dataset.key;
}

function toggle(pool) {
  const next = new Set(collapsed.value);
  if (!next.delete(pool.name)) {
    next.add(pool.name);
  }
  collapsed.value = next;
}

function availability(pool) {
  return `${whole(pool.servers.filter(isAvailable).length)} of ${whole(pool.servers.length)}`;
}

function sectionId(pool) {
  return `pool-${encodeURIComponent(pool.name)}`;
}
