// Can everybody use the page? Audits, the keyboard alone, narrow screens.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { begin, example, factOf, file, heading, open, show, visit } from './page.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const HEARING_AID = 'ru.hearing_aid.compensation';
const SCREENS = [
  '',
  '/question/filing.date',
  '/question/device.kind',
  '/question/history',
  '/question/device.price',
  '/question/prescription.device_kind',
  '/question/payee.bik',
  '/answers',
  '/result',
  '/documents',
  '/document/prescription',
  '/print',
];

/** What axe-core finds on the present screen, by every rule it has. */
async function audit(page) {
  const found = await page.evaluate(async () => {
    const options = { resultTypes: ['violations'], rules: { 'color-contrast-enhanced': { enabled: false } } };
    const { violations } = await globalThis.axe.run(document, options);
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
  });
  assert.deepEqual(found, [], page.url());
}

/** A page whose content policy lets the audit in; everything else is as it is. */
async function audited(options) {
  const page = await visit({ bypassCSP: true, ...options });
  await page.addScriptTag({ path: AXE });
  return page;
}

async function filled(page) {
  const { documents, ...claim } = await example(HEARING_AID);
  delete claim.payee.bik;
  await open(page, HEARING_AID, claim);
  await show(page, `#/${HEARING_AID}/documents`);
  await page.locator('#file-prescription').setInputFiles(file('prescription.pdf'));
  await page.locator('#file-passport').setInputFiles(file('passport.docx', 7e6));
  await page.locator('#paper-passport .defects').waitFor();
}

for (const [name, options] of [
  ['wide', {}],
  ['narrow', { viewport: { width: 320, height: 640 } }],
]) {
  test(`axe-core finds nothing on a ${name} screen`, async () => {
    const page = await audited(options);
    await audit(page);
    await filled(page);
    for (const screen of SCREENS) {
      await show(page, `#/${HEARING_AID}${screen}`);
      await audit(page);
      await fits(page);
    }
    const { documents, ...claim } = await example(HEARING_AID);
    await open(page, 'all', claim);
    const channel = `filing.channel@${HEARING_AID}`;
    for (const address of [
      '#/all',
      '#/all/result',
      `#/all/question/${channel}`,
      '#/all/answers',
      '#/clear',
      '#/nowhere',
    ]) {
      await show(page, address);
      await audit(page);
      await fits(page);
    }
  });
}

test('axe-core finds nothing in Russian and Ukrainian, with errors and lists open', async () => {
  for (const language of ['Русский', 'Українська']) {
    const page = await audited({ viewport: { width: 320, height: 640 } });
    await page.getByRole('button', { name: language }).click();
    for (const address of [
      `#/${HEARING_AID}/question/device.kind`,
      '#/ua.rehab.provision/question/history',
      '#/ua.rehab.provision',
    ]) {
      await show(page, address);
      const add = page.locator('.entries > button');
      if (await add.count()) await add.click();
      const submit = page.locator('main [type=submit]');
      if (await submit.count()) await submit.click();
      await audit(page);
      await fits(page);
    }
  }
});

/** Nothing sticks out sideways. */
async function fits(page) {
  const [content, screen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(content <= screen, `${page.url()} is ${content} px wide on ${screen}`);
}

test('the keyboard alone is enough', async () => {
  const page = await visit();
  const press = (key) => page.keyboard.press(key);
  const focused = () => page.evaluate(() => document.activeElement.innerText || document.activeElement.id);
  const tabTo = async (wanted) => {
    for (let n = 0; n < 60; n += 1) {
      await press('Tab');
      if (wanted.test(await focused())) return;
    }
    throw new Error(`the keyboard does not reach ${wanted}`);
  };
  const on = (fact) => page.waitForFunction((f) => document.querySelector('main').dataset.screen.endsWith(f), fact);
  await press('Tab');
  assert.equal(await focused(), 'Skip to the content');
  await press('Enter');
  await tabTo(/^Compensation for a hearing aid that you bought/);
  await press('Enter');
  await tabTo(/^Start$/);
  await press('Enter');
  await on('filing.date');
  assert.equal(await focused(), await heading(page));
  await press('Tab');
  await page.keyboard.type('14');
  await press('Tab');
  await page.keyboard.type('3');
  await press('Tab');
  await page.keyboard.type('2025');
  await press('Enter');
  await on('purchase.date');
  await tabTo(/^I don’t know$/);
  await press('Enter');
  await on('device.kind');
  await press('Tab');
  await press('ArrowUp');
  await press('Enter');
  await page.locator('.outcome').waitFor();
  assert.equal(await heading(page), 'By the rules, your claim would be refused');
});

test('the focus and the title follow the screen', async () => {
  const page = await visit();
  await begin(page, HEARING_AID);
  assert.equal(factOf(page), 'filing.date');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  assert.equal(await page.title(), `${await heading(page)} – What am I entitled to?`);
});
