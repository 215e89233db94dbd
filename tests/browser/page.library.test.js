// Every policy of the library, in every language, and without the internet.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { example, heading, open, serve, show, visit } from './page.js';

const LIBRARY = new URL('../../wasm/dist/library.json', import.meta.url);

async function library() {
  const { policies } = JSON.parse(await readFile(LIBRARY, 'utf8'));
  assert.ok(policies.length >= 15);
  return policies;
}

function links(page, selector) {
  return page.locator(selector).evaluateAll((all) => all.map((a) => a.getAttribute('href')));
}

test('every policy opens with its example, and shows all its screens', async () => {
  const page = await visit();
  for (const { name } of await library()) {
    await open(page, name, await example(name));
    assert.equal(await page.locator('.left').count(), 0, name);
    assert.ok(!/refused|not certain/.test(await heading(page)), `${name}: ${await heading(page)}`);
    for (const screen of ['print', 'documents', 'answers']) await show(page, `#/${name}/${screen}`);
    for (const question of await links(page, '.answers a')) {
      await show(page, question);
      assert.equal(await page.locator('main form .field').first().isVisible(), true, question);
    }
    assert.deepEqual(page.wrong, [], name);
  }
});

test('every policy reads in every language', async () => {
  const policies = await library();
  for (const language of ['Русский', 'Українська', 'English']) {
    const page = await visit();
    await page.getByRole('button', { name: language }).click();
    for (const { name } of policies) {
      await show(page, `#/${name}`);
      assert.ok((await heading(page)).length > 5, name);
    }
    assert.deepEqual(page.wrong, []);
  }
});

test('once loaded the page works without the internet', async () => {
  const own = await serve();
  const page = await visit({ serviceWorkers: 'allow' }, own);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(
    async () => (await caches.keys()).length > 0 && navigator.serviceWorker.controller !== null,
  );
  await own.stop();
  await page.context().setOffline(true);
  page.wrong.length = 0;
  await page.reload();
  await page.locator('h1').waitFor();
  await open(page, 'ua.rehab.repair', await example('ua.rehab.repair'));
  assert.match(await heading(page), /granted|nothing stands/);
  assert.deepEqual(page.wrong, []);
});
