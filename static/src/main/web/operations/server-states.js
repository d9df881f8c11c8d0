/** The states of a server: their words, and their order when a table is sorted by state. */
const STATES = {
  DOWN: { word: "Down", rank: 0 },
  EJECTED: { word: "Ejected", rank: 1 },
  SUSPECT: { word: "Suspect", rank: 2 },
  CHECKING: { word: "Checking", rank: 3 },
  DRAINING: { word: "Draining", rank: 4 },
  MAINTENANCE: { word: "Maintenance", rank: 5 },
  SLOW_START: { word: "Slow start", rank: 6 },
  UP: { word: "Up", rank: 7 },
};

/** The groups of states that a user can choose. */
export const STATE_GROUPS = {
  all: { word: "All", has: () => true },
  available: { word: "Available", has: (state) => ["UP", "SLOW_START", "SUSPECT"].includes(state) },
  failed: { word: "Failed", has: (state) => ["DOWN", "EJECTED", "CHECKING"].includes(state) },
  draining: { word: "Draining", has: (state) => state === "DRAINING" },
  maintenance: { word: "Maintenance", has: (state) => state === "MAINTENANCE" },
};

/** A state of a later release is shown as it is. */
export function stateWord(state) {
  return STATES[state]?.word ?? state;
}

export function stateRank(state) {
  return STATES[state]?.rank ?? -1;
}

/** Whether a server gets requests. */
export function isAvailable(server) {
  return STATE_GROUPS.available.has(server.state);
}
