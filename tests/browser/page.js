// What the tests of the page share: a server of its files, one browser, and steps as a person does them.

import { after, afterEach } from 'node:test';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const DIST = fileURLToPath(new URL('../../wasm/dist/', import.meta.url));
export const POLICIES = fileURLToPath(new URL('../../policies/', import.meta.url));
const TYPES = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Serves the laid-out page for the browser to keep so many seconds; `stop` makes it as if the internet were gone. */
export async function serve(seconds = 0) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
    try {
      const body = await readFile(join(DIST, path === '/' ? 'index.html' : path));
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      response
        .writeHead(200, { 'content-type': path === '/' ? 'text/html' : type, 'cache-control': `max-age=${seconds}` })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

let shared;
const contexts = new Map();
const pages = [];

/** The server and the browser of all tests in this process. */
async function start() {
  const [site, browser] = await Promise.all([
    serve(600),
    chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGUMENTS }),
  ]);
  return { site, browser };
}

afterEach(() => Promise.all(pages.splice(0).map((page) => page.close())));
after(async () => {
  const { site, browser } = (await shared) ?? {};
  await browser?.close();
  await site?.stop();
});

/** One context for the same options: answers live in a tab, so that a new page knows none. */
function contextOf(browser, options) {
  const key = JSON.stringify(options);
  if (!contexts.has(key)) contexts.set(key, newContext(browser, options));
  return contexts.get(key);
}

/** Its service worker would fetch everything once more; the one test of it allows it. */
async function newContext(browser, options) {
  const usual = { locale: 'en-GB', timezoneId: 'Europe/Moscow', serviceWorkers: 'block' };
  const context = await browser.newContext({ ...usual, ...options });
  await context.clock.setFixedTime('2025-03-14T09:00:00');
  return context;
}

/** A page in English that keeps what goes wrong and every request to elsewhere. */
export async function visit(options = {}, at) {
  const { site, browser } = await (shared ??= start());
  const { url } = at ?? site;
  const page = await (await contextOf(browser, options)).newPage();
  pages.push(page);
  page.setDefaultTimeout(30_000);
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.on('console', (message) => {
    const isTold = ['error', 'warning'].includes(message.type()) && !message.text().includes('blocked by Playwright');
    if (isTold) page.wrong.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(blob|data):/.test(request.url()))
      page.wrong.push(`request to ${request.url()}`);
  });
  await page.goto(url);
  await shown(page);
  return page;
}

/** The heading of the present screen. */
export async function heading(page) {
  return (await page.locator('h1').first().innerText()).trim();
}

/** Waits until a step has led to another screen. */
export async function moved(page, step) {
  const before = page.url();
  await step();
  await page.waitForFunction((url) => location.href !== url, before);
  await shown(page);
}

/** Waits until the screen at the present address is there. */
export function shown(page) {
  return page.waitForFunction(() => document.querySelector('main').dataset.screen === location.hash);
}

/** Opens the first question of a policy. */
export async function begin(page, policy) {
  await show(page, `#/${policy}`);
  await moved(page, () => page.getByRole('link', { name: /^(Start|Начать|Почати)$/ }).click());
}

/** The fact that the present screen asks for. */
export function factOf(page) {
  const [, , kind, fact] = decodeURIComponent(new URL(page.url()).hash).split('/');
  return kind === 'question' ? fact : undefined;
}

/** Answers one question as a person does, by the value that a claim has for it. */
export async function answer(page, value) {
  if (value === undefined) return moved(page, () => page.getByRole('button', { name: 'I don’t know' }).click());
  await fill(page, value);
  return moved(page, () => page.locator('main form [type=submit]').click());
}

async function fill(page, value) {
  const form = page.locator('main form');
  if (value === null) return none(form);
  if (Array.isArray(value) && (await form.locator('.entries').count())) return entries(page, value);
  if (Array.isArray(value)) {
    for (const one of value) await form.locator(`[value="${one}"]`).check();
    return undefined;
  }
  return one(form, value);
}

function none(scope) {
  return scope.locator('[value="none"], [value="-none-"]').first().check();
}

async function one(scope, value) {
  if (await scope.locator('.date').count()) {
    const [year, month, day] = value.split('-');
    await scope.locator('input.day').fill(String(+day));
    await scope.locator('input.month').fill(String(+month));
    return scope.locator('input.year').fill(year);
  }
  if (await scope.locator('input[type=radio]').count())
    return scope.locator(`input[type=radio][value="${value}"]`).check();
  return scope.locator('input[type=text]').first().fill(String(value).replace('.', ','));
}

async function entries(page, rows) {
  for (const row of rows) {
    await page.getByRole('button', { name: /^Add/ }).click();
    const fields = page.locator('.editor [data-field]');
    for (let n = 0; n < (await fields.count()); n += 1) {
      const field = fields.nth(n);
      const name = (await field.getAttribute('data-field')).replace(/-\d+$/, '');
      if (row[name] === null) await none(field);
      else if (row[name] !== undefined) await one(field, row[name]);
    }
    await page.getByRole('button', { name: 'Save the entry' }).click();
  }
}

/** What a claim tells of a fact. */
export function told(claim, fact) {
  return fact.split('.').reduce((record, key) => record?.[key], claim);
}

/** Goes through an interview with the answers of a claim; what the claim does not tell is not known. */
export async function interview(page, claim) {
  for (let n = 0; n < 60; n += 1) {
    const fact = factOf(page);
    if (!fact) return n;
    await answer(page, told(claim, fact));
  }
  throw new Error('the interview does not end');
}

/** The example claim of a policy. */
export async function example(policy) {
  return JSON.parse(await readFile(`${POLICIES}${policy.replaceAll('.', '/')}.example.json`, 'utf8'));
}

/** A file that a person could choose. */
export function file(name, bytes = 1000) {
  return { name, mimeType: '', buffer: Buffer.alloc(bytes) };
}

/** The text of a file that a step hands to the person. */
export async function downloaded(page, step) {
  const [download] = await Promise.all([page.waitForEvent('download'), step()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

/** Shows a screen by its address. */
export async function show(page, address) {
  await page.evaluate((to) => (location.hash = to), address);
  await shown(page);
}

/** Opens a claim in its policy, as the short way to a result. */
export async function open(page, policy, claim) {
  await show(page, `#/${policy}`);
  const buffer = Buffer.from(JSON.stringify(claim));
  await moved(page, () => page.locator('#claim').setInputFiles({ name: 'claim.json', mimeType: '', buffer }));
}
