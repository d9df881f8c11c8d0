import { serverChanged, servers } from "./state.js";

/** Commands under way at the same time. */
const PARALLEL = 6;

/** What an operator can set, in the order in which it is offered. */
export const ACTIONS = [
  { state: "ready", adminState: "ready", word: "Ready", done: "is ready" },
  { state: "drain", adminState: "drain", word: "Drain", done: "drains" },
  { state: "maint", adminState: "maintenance", word: "Maintenance", done: "is in maintenance" },
];

export function actionOf(state) {
  return ACTIONS.find((action) => action.state === state);
}

/** Why a command was not carried out, as a sentence for the user. */
export class OrderRejected extends Error {}

/**
 * Changes servers.
 *
 * @param keys of the servers
 * @param changes `{ state }` (`ready`, `drain` or `maint`), `{ weight }` or both
 * @return why single servers were not changed, one sentence each
 */
export async function changeServers(keys, changes) {
  const token = await csrfToken();
  const waiting = [...keys];
  const failures = [];
  const next = async () => {
    for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
      try {
        await changeServer(key, changes, token);
      } catch (error) {
        failures.push(`${key}: ${error.message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, next));
  return failures;
}

/** Orders `{ converters }` or `{ auto }` from the scaler. */
export async function orderScale(order) {
  await post("/admin/scale", order, await csrfToken());
}

async function changeServer(key, changes, token) {
  const found = servers.value.get(key);
  if (!found) {
    throw new OrderRejected("is no longer in its pool.");
  }
  const path = `/admin/pools/${encodeURIComponent(found.pool.name)}/servers/${encodeURIComponent(found.server.id)}`;
  const { state } = await post(path, changes, token);
  const shown = { state };
  if (changes.state) {
    shown.adminState = actionOf(changes.state).adminState;
  }
  if (changes.weight) {
    shown.weight = changes.weight;
  }
  serverChanged(key, shown);
}

/** Asked for each command, because a balancer that was restarted has other tokens. */
async function csrfToken() {
  const { token } = await json(fetch("/stats/token"));
  return token;
}

function post(path, body, token) {
  return json(
    fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
      body: JSON.stringify(body),
    }),
  );
}

async function json(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new OrderRejected("The balancer does not respond.");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new OrderRejected(body.detail ?? `The balancer responded ${response.status}.`);
  }
  return body;
}
