const WORKER = "/sw.js";

/** Trusted Types: no other script may become a worker of this page. */
function trusted(url) {
  return window.trustedTypes
    ? trustedTypes.createPolicy("service-worker", { createScriptURL: (asked) => (asked === WORKER ? asked : "") }).createScriptURL(url)
    : url;
}

/** Keeps the page for a start without a network. */
export async function installOffline() {
  if (!("serviceWorker" in navigator)) {
    return;
  }
  try {
    await navigator.serviceWorker.register(trusted(WORKER));
    const { active } = await navigator.serviceWorker.ready;
    // What was loaded before the worker was there: the language, the flags and the chart.
    const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname);
    active.postMessage({ keep: loaded });
  } catch {
    // A browser that refuses workers still has the page online.
  }
}
