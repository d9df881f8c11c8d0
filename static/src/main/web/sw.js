// Keeps the page for a start without a network: the page itself from the network if it can be reached, files whose names
// contain the hash of their content from the cache. Requests to the API are not touched.

const CACHE = "ratemesh-page-1";
const FINGERPRINTED = /\.[0-9a-f]{16}\.\w+$/;
const PAGE = "/";

async function keep(paths) {
  const cache = await caches.open(CACHE);
  const known = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await Promise.allSettled(paths.filter((path) => FINGERPRINTED.test(path) && !known.has(path)).map((path) => cache.add(path)));
}

/** The page names its styles and modules, so a new page brings its files with it, and those of the old one go. */
async function keepPage(response) {
  const cache = await caches.open(CACHE);
  const html = await response.clone().text();
  const old = await (await cache.match(PAGE))?.text();
  if (html === old) {
    return;
  }
  const files = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path]) => new URL(path, self.location).pathname);
  await keep(files);
  await cache.put(PAGE, response);
  if (old !== undefined) {
    const outdated = (await cache.keys()).filter(({ url }) => ![PAGE, ...files].includes(new URL(url).pathname));
    await Promise.all(outdated.map((request) => cache.delete(request)));
  }
}

async function page(event) {
  try {
    const response = await fetch(event.request);
    if (response.ok) {
      event.waitUntil(keepPage(response.clone()));
    }
    return response.ok ? response : ((await caches.match(PAGE)) ?? response);
  } catch (reason) {
    const kept = await caches.match(PAGE);
    if (kept === undefined) {
      throw reason;
    }
    return kept;
  }
}

async function file(event) {
  const kept = await caches.match(event.request);
  if (kept !== undefined) {
    return kept;
  }
  const response = await fetch(event.request);
  if (response.ok) {
    const copy = response.clone();
    event.waitUntil(caches.open(CACHE).then((cache) => cache.put(event.request, copy)));
  }
  return response;
}

self.addEventListener("install", (event) => {
  event.waitUntil(fetch(PAGE).then(keepPage).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => event.waitUntil(keep(event.data.keep)));

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) {
    return;
  }
  if (event.request.mode === "navigate" && pathname === PAGE) {
    event.respondWith(page(event));
  } else if (FINGERPRINTED.test(pathname)) {
    event.respondWith(file(event));
  }
});
