import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { confirm } from "./confirmation.js";
import { counted } from "./format.js";
import { notify } from "./notices.js";
import { ACTIONS, actionOf, changeServers } from "./orders.js";
import { isAvailable } from "./server-states.js";
import { keyOf, selected, servers } from "./state.js";

/** Adds servers to the selection, or removes them. */
export function select(keys, chosen) {
  const next = new Set(selected.value);
  keys.forEach((key) => (chosen ? next.add(key) : next.delete(key)));
  selected.value = next;
}

/**
 * Sets the state of servers. Asks first if they are several, if they leave a pool without a server, or if they are no longer
 * checked.
 */
export async function setState(keys, state) {
  const action = actionOf(state);
  const lost = state === "ready" ? [] : poolsLeftEmpty(keys);
  if (keys.length > 1 || lost.length > 0 || state === "maint") {
    const who = keys.length > 1 ? counted(keys.length, "server") : nameOf(keys[0]);
    const confirmed = await confirm({
      title: `${action.word}: ${who}`,
      text: consequences(state, lost),
      names: keys.map(nameOf),
      action: keys.length > 1 ? `${action.word} ${counted(keys.length, "server")}` : action.word,
    });
    if (!confirmed) {
      return;
    }
  }
  await carryOut(keys, state);
}

/** Sets the weight of servers, and asks for it first if they are several. */
export async function setWeight(keys, weight) {
  const wanted =
    weight ??
    (await confirm({
      title: `Weight of ${counted(keys.length, "server")}`,
      text: "A server with twice the weight gets twice the requests. It holds until the settings have another weight.",
      names: keys.map(nameOf),
      action: "Set weight",
      weight: servers.value.get(keys[0])?.server.weight ?? 1,
    }));
  if (wanted !== undefined) {
    await report(keys, { weight: wanted }, `has the weight ${wanted}`);
  }
}

/** The bar with the actions for the selected servers; empty without any. */
export function selectionBar() {
  const keys = [...selected.value].filter((key) => servers.value.has(key));
  if (keys.length === 0) {
    return nothing;
  }
  return html`<section aria-label="Selected servers">
    <p>${counted(keys.length, "server")} selected</p>
    ${ACTIONS.map(
      ({ state, word }) => html`<button type="button" @click=${() => setState(keys, state)}>${word}</button>`,
    )}
    <button type="button" @click=${() => setWeight(keys)}>Weight</button>
    <button type="button" class="quiet" @click=${() => (selected.value = new Set())}>Clear</button>
  </section>`;
}

async function carryOut(keys, state) {
  const before = new Map(keys.map((key) => [key, servers.value.get(key)?.server.adminState]));
  const undo = () => {
    for (const action of ACTIONS) {
      const same = keys.filter((key) => before.get(key) === action.adminState);
      if (same.length > 0) {
        report(same, { state: action.state }, action.done);
      }
    }
  };
  await report(keys, { state }, actionOf(state).done, undo);
}

async function report(keys, changes, done, undo) {
  try {
    const failures = await changeServers(keys, changes);
    failures.slice(0, 3).forEach((failure) => notify(failure, { failure: true }));
    const changed = keys.length - failures.length;
    if (changed > 0) {
      notify(`${keys.length === 1 ? nameOf(keys[0]) : counted(changed, "server")}: ${done}.`, { undo });
    }
  } catch (error) {
    notify(error.message, { failure: true });
  }
}

function consequences(state, lost) {
  const sentences = {
    ready: "They get requests again, unless their checks fail.",
    drain: "Requests under way end, and no new ones are sent.",
    maint: "Requests under way end, no new ones are sent, and checks stop.",
  };
  const warning = lost.length > 0 ? ` Pool ${lost.join(", ")} will have no available server, and its requests fail.` : "";
  return sentences[state] + warning;
}

/** The names of the pools whose available servers are all among these. */
function poolsLeftEmpty(keys) {
  const leaving = new Set(keys);
  const pools = new Set(keys.map((key) => servers.value.get(key)?.pool).filter(Boolean));
  return [...pools]
    .filter((pool) => {
      const available = pool.servers.filter(isAvailable);
      return available.length > 0 && available.every((server) => leaving.has(keyOf(pool, server)));
    })
    .map((pool) => pool.name);
}

function nameOf(key) {
  return servers.value.get(key)?.server.id ?? key;
}
