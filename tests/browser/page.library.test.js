// Every policy of the library, all of them at once, and without the internet.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { answer, begin, browser, example, factOf, heading, interview, serve, show, told, visit } from './page.js';

const LIBRARY = new URL('../../wasm/dist/library.json', import.meta.url);
let site;
let chromium;

before(async () => {
  site = await serve();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  await site?.stop();
});

test('every policy can be asked through with its example', async () => {
  const { policies } = JSON.parse(await readFile(LIBRARY, 'utf8'));
  assert.ok(policies.length >= 15);
  for (const { name } of policies) {
    const page = await visit(chromium, site.url);
    await begin(page, name);
    await interview(page, await example(name));
    assert.equal(await page.locator('.left').count(), 0, name);
    assert.ok(!/refused|not certain/.test(await heading(page)), `${name}: ${await heading(page)}`);
    for (const screen of ['print', 'answers', 'documents']) await show(page, `#/${name}/${screen}`);
    assert.deepEqual(page.wrong, [], name);
    await page.context().close();
  }
});

test('every policy reads in every language', async () => {
  const { policies } = JSON.parse(await readFile(LIBRARY, 'utf8'));
  for (const language of ['Русский', 'Українська', 'English']) {
    const page = await visit(chromium, site.url);
    await page.getByRole('button', { name: language }).click();
    for (const { name } of policies) {
      await show(page, `#/${name}`);
      assert.ok((await heading(page)).length > 5, name);
    }
    assert.deepEqual(page.wrong, []);
  }
});

test('all policies are screened on one set of answers', async () => {
  const page = await visit(chromium, site.url);
  await begin(page, 'all');
  const claim = await example('ru.hearing_aid.compensation');
  for (let n = 0; n < 8 && factOf(page); n += 1) {
    await answer(page, told(claim, factOf(page)));
  }
  await show(page, '#/all/result');
  const text = await page.locator('main').innerText();
  assert.match(text, /Still open/);
  assert.match(text, /Compensation for a hearing aid that you bought yourself/);
  assert.deepEqual(page.wrong, []);
});

test('once loaded the page works without the internet', async () => {
  const own = await serve();
  const page = await visit(chromium, own.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(
    async () => (await caches.keys()).length > 0 && navigator.serviceWorker.controller !== null,
  );
  await own.stop();
  await page.context().setOffline(true);
  page.wrong.length = 0;
  await page.reload();
  await page.locator('h1').waitFor();
  await begin(page, 'ua.rehab.repair');
  await interview(page, await example('ua.rehab.repair'));
  assert.match(await page.locator('main').innerText(), /result|entitled|stands/i);
  assert.deepEqual(page.wrong, []);
});
