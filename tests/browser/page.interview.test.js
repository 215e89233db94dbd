// The interview as people go through it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, begin, example, factOf, heading, interview, moved, open, show, visit } from './page.js';

const HEARING_AID = 'ru.hearing_aid.compensation';

test('answers that fit lead to entitlement, the amount, documents and deadlines', async () => {
  const page = await visit();
  await begin(page, HEARING_AID);
  await interview(page, await example(HEARING_AID));
  assert.equal(await heading(page), 'You appear to be entitled');
  const text = await page.locator('main').innerText();
  assert.match(text, /18,369\.76\s₽/);
  assert.match(text, /Norm for the region/);
  assert.match(text, /Audiologist's conclusion/);
  assert.equal(await page.locator('.timeline li').count(), 6);
  assert.deepEqual(page.wrong, []);
});

test('an answer that rules the claim out leads to the refusal with its remedy at once', async () => {
  const page = await visit();
  await begin(page, HEARING_AID);
  const asked = await interview(page, { ...(await example(HEARING_AID)), device: { kind: 'other' } });
  assert.equal(await heading(page), 'By the rules, your claim would be refused');
  assert.ok(asked <= 4, `${asked} questions`);
  const reason = page.locator('.reason').first();
  assert.match(await reason.innerText(), /not compensated/);
  assert.match(await reason.innerText(), /What you can do/);
  assert.match(await reason.innerText(), /another kind/);
});

test('what is not known is left for later, named in the result, and can be answered then', async () => {
  const page = await visit();
  const claim = await example(HEARING_AID);
  const { gain, ...device } = claim.device;
  await open(page, HEARING_AID, { ...claim, device });
  await moved(page, () => page.getByRole('link', { name: 'Continue with the questions' }).click());
  await answer(page, undefined);
  assert.equal(await heading(page), 'The result is not certain yet');
  const left = page.locator('.left li');
  assert.equal(await left.count(), 1);
  assert.match(await left.innerText(), /By how many decibels/);
  await moved(page, () => left.getByRole('link').click());
  await answer(page, gain);
  assert.equal(await heading(page), 'By the rules, your claim would be granted');
});

test('nothing known at all still ends in a result', async () => {
  const page = await visit();
  await begin(page, HEARING_AID);
  const asked = await interview(page, {});
  assert.ok(asked > 20);
  assert.equal(await heading(page), 'The result is not certain yet');
  assert.equal(await page.locator('.left li').count(), asked);
});

test('the progress tells how many questions may still come', async () => {
  const page = await visit();
  await begin(page, HEARING_AID);
  assert.match(await page.locator('.progress').innerText(), /Question 1 · at most 28 more/);
  await answer(page, '2025-03-14');
  assert.match(await page.locator('.progress').innerText(), /Question 2 · at most 27 more/);
});

test('one goes back, and what was answered stands there', async () => {
  const page = await visit();
  await begin(page, HEARING_AID);
  await answer(page, '2025-03-14');
  await answer(page, '2025-01-20');
  await moved(page, () => page.getByRole('link', { name: 'Back' }).click());
  assert.equal(factOf(page), 'purchase.date');
  assert.equal(await page.locator('input.year').inputValue(), '2025');
  await answer(page, '2025-01-21');
  assert.equal(factOf(page), 'device.kind');
});

test('a changed answer changes the result', async () => {
  const page = await visit();
  await open(page, HEARING_AID, await example(HEARING_AID));
  await show(page, `#/${HEARING_AID}/answers`);
  const row = page.locator('.answers > div', { hasText: 'By how many decibels' });
  assert.match(await row.innerText(), /55\sdB/);
  await moved(page, () => row.getByRole('link').click());
  await answer(page, '12,5');
  assert.equal(await heading(page), 'Your answers');
  assert.match(await row.innerText(), /12\.5\sdB/);
  await show(page, `#/${HEARING_AID}/result`);
  assert.equal(await heading(page), 'By the rules, your claim would be refused');
});

test('mistakes are told in words, above and beside the field', async () => {
  const page = await visit();
  await begin(page, HEARING_AID);
  const go = () => page.getByRole('button', { name: 'Continue' }).click();
  await go();
  assert.match(await page.locator('.error-summary').innerText(), /Write a date/);
  assert.ok(await page.locator('.error-summary').evaluate((e) => e === document.activeElement));
  for (const [input, text] of [
    ['day', '31'],
    ['month', '2'],
    ['year', '2025'],
  ])
    await page.locator(`input.${input}`).fill(text);
  await go();
  assert.match(await page.locator('.complaint').innerText(), /no such day/);
  assert.equal(await page.locator('input.day').getAttribute('aria-invalid'), 'true');
  assert.equal(await page.locator('input.year').getAttribute('aria-invalid'), null);
  await page.locator('.error-summary a').click();
  assert.ok(await page.locator('input.day').evaluate((e) => e === document.activeElement));
  assert.match(await page.title(), /^Error:/);
});

test('entries of a list are added, changed and removed', async () => {
  const page = await visit();
  await begin(page, HEARING_AID);
  await show(page, `#/${HEARING_AID}/question/history`);
  assert.equal(await page.locator('[type=submit]').innerText(), 'There are none – continue');
  await page.getByRole('button', { name: 'Add an entry' }).click();
  await page.getByLabel('Compensation for a hearing aid that you bought yourself').check();
  await page.locator('input.day').fill('1');
  await page.locator('input.month').fill('6');
  await page.locator('input.year').fill('2021');
  await page.getByRole('button', { name: 'Save the entry' }).click();
  assert.match(await page.locator('.entry').innerText(), /1 June 2021/);
  await page.getByRole('button', { name: 'Change' }).click();
  await page.locator('input.year').fill('2022');
  await page.getByRole('button', { name: 'Save the entry' }).click();
  assert.match(await page.locator('.entry').innerText(), /1 June 2022/);
  await page.getByRole('button', { name: 'Add another entry' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  assert.equal(await page.locator('.entry').count(), 1);
  await page.getByRole('button', { name: 'Remove' }).click();
  assert.equal(await page.locator('.entry').count(), 0);
});

test('another language in place keeps what is being written', async () => {
  const page = await visit();
  await begin(page, HEARING_AID);
  await page.locator('input.day').fill('14');
  await page.getByRole('button', { name: 'Русский' }).click();
  await page.getByText('Не знаю').waitFor();
  assert.match(await heading(page), /Когда/);
  assert.equal(await page.locator('html').getAttribute('lang'), 'ru');
  assert.equal(await page.locator('input.day').inputValue(), '14');
  await page.getByRole('button', { name: 'Українська' }).click();
  await page.getByText('Не знаю').waitFor();
  assert.match(await page.locator('main').innerText(), /Продовжити/);
  assert.equal(await page.locator('label[for] span[lang], legend span[lang]').first().getAttribute('lang'), 'en');
});

test('a reload loses nothing, and clearing leaves nothing', async () => {
  const page = await visit();
  await begin(page, HEARING_AID);
  await answer(page, '2025-03-14');
  await page.reload();
  await page.locator('h1').waitFor();
  assert.match(await page.locator('.progress').innerText(), /Question 2/);
  await show(page, '#/clear');
  await page.getByRole('button', { name: 'Yes, clear everything' }).click();
  await page.locator('.services').first().waitFor();
  const kept = await page.evaluate(() => Object.keys(sessionStorage).concat(Object.keys(localStorage)));
  assert.deepEqual(
    kept.filter((k) => k.startsWith('duly.interview')),
    [],
  );
});
