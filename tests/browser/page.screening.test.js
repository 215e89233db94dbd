// All policies on one set of answers: what suits, what is still open, and what to gather.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { answer, begin, downloaded, example, factOf, heading, moved, open, show, visit } from './page.js';

const HEARING_AID = 'ru.hearing_aid.compensation';
const TITLE = 'Compensation for a hearing aid that you bought yourself';
const PACKAGE = new URL('../../wasm/pkg/evaluate/node.js', import.meta.url);
const ARTEFACTS = new URL('../../wasm/dist/policies/', import.meta.url);

/** The package and the policies of Russia, as the page has them. */
async function engine() {
  const { default: init, Policy, screen } = await import(PACKAGE);
  await init();
  const names = (await readdir(ARTEFACTS)).filter((name) => name.startsWith('ru.'));
  const policies = await Promise.all(names.map(async (name) => new Policy(await readFile(new URL(name, ARTEFACTS)))));
  return { policies, screen };
}

/** A page with the screening of the example's answers. */
async function screened() {
  const page = await visit();
  const { documents, ...claim } = await example(HEARING_AID);
  await open(page, 'all.ru', claim);
  return { page, claim };
}

test('questions for many services come first, and say so', async () => {
  const { policies, screen } = await engine();
  const [first] = screen(policies, { today: '2025-03-14' }, { locale: 'en' }).questions;
  const page = await visit();
  await begin(page, 'all.ru');
  assert.equal(factOf(page), first.fact);
  assert.equal(await heading(page), first.text);
  const text = await page.locator('main').innerText();
  assert.match(text, new RegExp(`For ${first.policies.length} services`));
  assert.match(text, /Question 1 · 0 of 8 services settled/);
  await answer(page, '2025-03-14');
  assert.match(await page.locator('.sofar').innerText(), /available to you – 0, still open – 8, not available – 0/);
});

test('services stand by what is said of them, with amounts and reasons', async () => {
  const { page } = await screened();
  assert.match(await page.locator('.found-yes').innerText(), new RegExp(`${TITLE}\\s+Estimated amount: 18,369\\.76`));
  assert.match(await page.locator('.found-anyone').innerText(), /Where to turn when the hearing aid fails/);
  assert.equal(await page.locator('.found-no').count(), 0);
  await show(page, '#/all.ru/question/device.gain');
  await answer(page, '5');
  await show(page, '#/all.ru/result');
  assert.match(await page.locator('.found-no').innerText(), new RegExp(`${TITLE}\\s+\\S.*5\\sdB`));
  assert.deepEqual(page.wrong, []);
});

test('questions left for later are named as what keeps services open', async () => {
  const page = await visit();
  await begin(page, 'all.ua');
  for (let n = 0; n < 60 && factOf(page); n += 1) await answer(page, undefined);
  assert.equal(await heading(page), 'Which services are available to you');
  assert.match(await page.locator('main').innerText(), /You left \d+ questions open/);
  assert.equal(await page.locator('.found-open h3').count(), 5);
});

test('each document to gather stands once, with the services that want it', async () => {
  const { page } = await screened();
  const passport = page.locator('.checklist li', { hasText: 'Passport' });
  assert.equal(await passport.count(), 1);
  assert.match(await passport.innerText(), new RegExp(`For: .*${TITLE}; `));
});

test('the way of filing is told for each service, and the claim says the same to the engine', async () => {
  const { page, claim } = await screened();
  await show(page, '#/all.ru/question/filing.channel@ru.hearing_aid.repeat');
  assert.match(await page.locator('main').innerText(), /A further compensation for a hearing aid/);
  await answer(page, 'portal');
  await show(page, '#/all.ru/result');
  const { name, text } = await downloaded(page, () => page.getByRole('button', { name: 'Save my answers' }).click());
  assert.equal(name, 'all.ru.claim.json');
  const saved = JSON.parse(text);
  assert.equal(saved.filing.channel[HEARING_AID], claim.filing.channel);
  assert.equal(saved.filing.channel['ru.hearing_aid.repeat'], 'portal');
  const { policies, screen } = await engine();
  const { policies: found, ignored } = screen(policies, saved, { locale: 'en' });
  assert.deepEqual(ignored, []);
  const eligible = found.filter((p) => p.eligibility === 'eligible').map((p) => p.title);
  const shown = await page.locator(':is(.found-yes, .found-anyone) h3').allInnerTexts();
  assert.deepEqual(shown.toSorted(), eligible.toSorted());
  await open(page, 'all.ru', saved);
  assert.match(await page.locator('.found-yes').innerText(), new RegExp(TITLE));
});

test('a service found takes the answers along', async () => {
  const { page } = await screened();
  await moved(page, () => page.getByRole('button', { name: TITLE }).click());
  await show(page, `#/${HEARING_AID}/result`);
  assert.equal(await heading(page), 'You appear to be entitled');
});
