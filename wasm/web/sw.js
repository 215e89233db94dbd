// Keeps the page, the engine and every policy, so that all works without the internet.

const VERSION = 'unversioned'; // the build puts the digest of all files here
const CACHE = `duly-${VERSION}`;

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === location.origin) event.respondWith(answer(request));
});

async function keep() {
  const files = await (await fetch('files.json', { cache: 'no-cache' })).json();
  const cache = await caches.open(CACHE);
  await cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })));
  await self.skipWaiting();
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((n) => n.startsWith('duly-') && n !== CACHE).map((n) => caches.delete(n)));
  await self.clients.claim();
}

/** What is kept comes first: one version of all files, whether the internet is there or not. */
async function answer(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.mode === 'navigate' ? './' : request, { ignoreSearch: true });
  return kept ?? fetch(request);
}
