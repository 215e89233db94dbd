// The checklist: files by format and size, details, the way to a grant.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { example, file, heading, interview, moved, open, show, visit } from './page.js';

const HEARING_AID = 'ru.hearing_aid.compensation';

/** The checklist after the answers of the example, filed at a public service centre. */
async function checklist() {
  const page = await visit();
  const { documents, ...claim } = await example(HEARING_AID);
  delete claim.device.serial; // nothing asks for it before there are papers
  await open(page, HEARING_AID, claim);
  await moved(page, () => page.getByRole('link', { name: 'Check your documents' }).click());
  return page;
}

const paper = (page, kind) => page.locator(`#paper-${kind}`);

test('formats and sizes are told before a file is chosen', async () => {
  const page = await checklist();
  assert.match(await paper(page, 'passport').innerText(), /Format: PDF, JPG, at most 5\sMB, at least 300 dpi/);
  assert.match(await paper(page, 'cash_receipt').innerText(), /Format: PDF, at most 5\sMB, at least 300 dpi/);
});

test('how one applies is asked first, as it says which files are good', async () => {
  const page = await visit();
  await show(page, `#/${HEARING_AID}/documents`);
  assert.equal(await heading(page), 'How do you apply?');
  await page.getByLabel('Through the state services portal').check();
  await moved(page, () => page.getByRole('button', { name: 'Continue' }).click());
  assert.match(await paper(page, 'snils_card').innerText(), /PDF, JPG, PNG/);
});

test('a file that is too large or of a wrong format is told at once', async () => {
  const page = await checklist();
  await page.locator('#file-snils_card').setInputFiles(file('snils.pdf', 6_000_000));
  await paper(page, 'snils_card').getByText('Not in order').waitFor();
  assert.match(await paper(page, 'snils_card').innerText(), /6\sMB/);
  assert.match(await paper(page, 'snils_card').locator('.defects').innerText(), /5\sMB/);
  assert.ok(await page.locator('#paper-snils_card-title').evaluate((e) => e === document.activeElement));
  assert.match(await page.locator('#live').innerText(), /Not in order/);
  await page.locator('#file-snils_card').setInputFiles(file('snils.docx'));
  await paper(page, 'snils_card').getByText('DOCX').first().waitFor();
  await page.locator('#file-snils_card').setInputFiles(file('snils.jpeg', 1_200_000));
  await paper(page, 'snils_card').getByText('In order').waitFor();
  assert.match(await paper(page, 'snils_card').innerText(), /JPG, 1\.2\sMB/);
});

test('a file can be dropped on its document, and taken away', async () => {
  const page = await checklist();
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'bank.pdf', { type: 'application/pdf' }));
    return transfer;
  });
  await paper(page, 'bank_details').dispatchEvent('drop', { dataTransfer: data });
  await paper(page, 'bank_details').getByText('In order').waitFor();
  await paper(page, 'bank_details')
    .getByRole('button', { name: /^Remove/ })
    .click();
  await paper(page, 'bank_details').getByText('Not checked yet').waitFor();
});

test('what a file name does not tell is asked for', async () => {
  const page = await checklist();
  await page.locator('#file-prescription').setInputFiles(file('prescription.pdf'));
  await paper(page, 'prescription').getByText('Details needed').waitFor();
  await moved(page, () =>
    paper(page, 'prescription')
      .getByRole('link', { name: /^Tell the details/ })
      .click(),
  );
  assert.match(await page.locator('main').innerText(), /Is it signed\?/);
  await page.locator('[value=false]').check();
  await moved(page, () => page.getByRole('button', { name: 'Save' }).click());
  await paper(page, 'prescription').getByText('Not in order').waitFor();
  await moved(page, () =>
    paper(page, 'prescription')
      .getByRole('link', { name: /^Change the details/ })
      .click(),
  );
  await page.locator('[value=true]').check();
  await moved(page, () => page.getByRole('button', { name: 'Save' }).click());
  await paper(page, 'prescription').getByText('In order').waitFor();
});

test('with every document in order the claim would be granted', async () => {
  const page = await checklist();
  const claim = await example(HEARING_AID);
  for (const document of claim.documents) await submit(page, document);
  await show(page, `#/${HEARING_AID}/result`);
  // The acceptance act is compared with the device, so its serial number is asked for only now.
  await moved(page, () => page.getByRole('link', { name: 'Continue with the questions' }).click());
  await interview(page, claim);
  assert.equal(await heading(page), 'By the rules, your claim would be granted');
  assert.match(await page.locator('main').innerText(), /the next claim is possible from 1 January 2026/);
  assert.deepEqual(page.wrong, []);
});

/** Chooses a file, and tells the details that are asked for as the claim has them. */
async function submit(page, document) {
  const card = paper(page, document.kind);
  await page
    .locator(`#file-${document.kind}`)
    .setInputFiles(file(`${document.kind}.${document.format.toLowerCase()}`, document.size * 1e6));
  await card.locator('.file').waitFor();
  const details = card.getByRole('link', { name: /^Tell the details/ });
  if (!(await details.count())) return;
  await moved(page, () => details.click());
  const fields = page.locator('main [data-field]');
  for (let n = 0; n < (await fields.count()); n += 1) {
    const field = fields.nth(n);
    const name = (await field.getAttribute('data-field')).replace(/-\d+$/, '');
    await tell(field, document[name] ?? document.fields?.[name]);
  }
  await moved(page, () => page.getByRole('button', { name: 'Save' }).click());
  await card.getByText('In order').waitFor();
}

async function tell(field, value) {
  if (value === undefined) return undefined;
  if (await field.locator('.date').count()) {
    const [year, month, day] = value.split('-');
    await field.locator('input.day').fill(day);
    await field.locator('input.month').fill(month);
    return field.locator('input.year').fill(year);
  }
  if (await field.locator('[type=radio]').count()) return field.locator(`[value="${value}"]`).check();
  return field.locator('input[type=text]').fill(String(value));
}
