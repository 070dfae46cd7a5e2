// @ts-check
/// <reference lib="webworker" />
/** Where there is no network: the page itself, pictures, and the sessions kept by kept.js. */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

// What the page is made of, and a version that changes with any of it; the server fills them in.
/** @type {string[]} */
const FILES = [/*FILES*/];
const VERSION = "/*VERSION*/";

/** One server may be open under several addresses; each has its shell. */
const SHELL = `voiceguide-shell ${worker.registration.scope} ${VERSION}`;
/** Written by kept.js. */
const KEPT = "voiceguide-kept";

worker.addEventListener("install", (event) => {
  const shell = caches.open(SHELL).then((store) => store.addAll(FILES.map((file) => new Request(file, { cache: "reload" }))));
  // The open page has loaded all its modules already, so a new version may take over at once.
  event.waitUntil(shell.then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const old = (/** @type {string} */ name) => name.startsWith(`voiceguide-shell ${worker.registration.scope} `) && name !== SHELL;
  const tidied = caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))));
  event.waitUntil(tidied.then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = request.url.startsWith(worker.registration.scope) ? request.url.slice(worker.registration.scope.length) : null;
  // A part of a file, a download under its own name and the answers of the API come from the server alone.
  if (path === null || request.method !== "GET" || request.headers.has("range") || path.startsWith("api/")) return;
  if (path.startsWith("covers/")) event.respondWith(kept(request, true));
  else if (path.startsWith("sessions/") && !path.includes("?")) event.respondWith(kept(request, false));
  else if (request.mode === "navigate" ? /^([?#]|$)/.test(path) : FILES.includes(path)) event.respondWith(shell(request));
});

/**
 * A file of the page as this version has it.
 * @param {Request} request
 */
async function shell(request) {
  const store = await caches.open(SHELL);
  const found = await store.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
  return found ?? fetch(request);
}

/**
 * What is kept, else what the server has; a picture is renewed for the next time.
 * @param {Request} request
 * @param {boolean} renew
 */
async function kept(request, renew) {
  const store = await caches.open(KEPT);
  const found = await store.match(request, { ignoreVary: true });
  if (!found) return fetch(request);
  if (renew) void store.add(request).catch(() => {});
  return found;
}
