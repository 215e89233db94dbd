// What the page hands over: claim files and calendars; and how it reads what people type.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { calendar } from '../../wasm/web/js/ics.js';
import { megabytes, readDate, readNumber } from '../../wasm/web/js/read.js';
import { parse } from '../../wasm/web/js/claim.js';
import { begin, downloaded, example, heading, interview, moved, open, POLICIES, show, visit } from './page.js';

const HEARING_AID = 'ru.hearing_aid.compensation';
const PACKAGE = new URL('../../wasm/pkg/evaluate/node.js', import.meta.url);
const ARTEFACT = new URL(`../../wasm/dist/policies/${HEARING_AID}.dulyc`, import.meta.url);
test('the saved answers are a claim that is decided as it is, and can be opened again', async () => {
  const page = await visit();
  const { documents, ...answers } = await example(HEARING_AID);
  await open(page, HEARING_AID, answers);
  const saved = await downloaded(page, () => page.getByRole('button', { name: 'Save my answers as a file' }).click());
  assert.equal(saved.name, `${HEARING_AID}.claim.json`);
  const claim = JSON.parse(saved.text);
  assert.equal(claim.device.gain, '55');
  assert.equal(claim.today, '2025-03-14');
  assert.equal('documents' in claim, false);
  const { default: init, Policy } = await import(PACKAGE);
  await init();
  assert.equal(new Policy(await readFile(ARTEFACT)).decide(claim).award.amount, '18369.76');

  const again = await visit();
  await show(again, `#/${HEARING_AID}`);
  const file = { name: 'claim.json', mimeType: 'application/json', buffer: Buffer.from(saved.text) };
  await moved(again, () => again.locator('#claim').setInputFiles(file));
  assert.equal(await heading(again), 'You appear to be entitled');
});

test('a claim written elsewhere opens with its documents', async () => {
  const page = await visit();
  await show(page, `#/${HEARING_AID}`);
  await moved(page, () => page.locator('#claim').setInputFiles(`${POLICIES}ru/hearing_aid/compensation.example.json`));
  assert.equal(await heading(page), 'By the rules, your claim would be granted');
});

test('a file that is no claim is refused in words', async () => {
  const page = await visit();
  await show(page, `#/${HEARING_AID}`);
  const refuse = async (text, said) => {
    await page.locator('#claim').setInputFiles({ name: 'x.json', mimeType: '', buffer: Buffer.from(text) });
    await page.locator('.error-summary', { hasText: said }).waitFor();
  };
  await refuse('not json', 'This is not a claim file');
  await refuse('{"device": {"weight": 3}}', 'This file does not fit here');
  await refuse('{"device": {"price": "much"}}', 'The answer "much" does not fit: How much');
});

test('deadlines are saved as a calendar', async () => {
  const page = await visit();
  await open(page, HEARING_AID, await example(HEARING_AID));
  const { name, text } = await downloaded(page, () => page.getByRole('button', { name: /\.ics/ }).click());
  assert.equal(name, `${HEARING_AID}.ics`);
  assert.equal(text.match(/BEGIN:VEVENT/g).length, 6);
  assert.match(text, /DTSTART;VALUE=DATE:20250326\r\nDTEND;VALUE=DATE:20250403\r\n/);
});

test('a calendar is folded, escaped and ended as RFC 5545 asks', () => {
  const label = `Последний день, чтобы ответить; ${'очень длинное название '.repeat(6)}\\`;
  const text = calendar(
    'p',
    'Title',
    [{ name: 'reply', label, earliest: null, due: '2025-12-31' }],
    new Date('2025-03-14T09:00:00Z'),
  );
  assert.ok(text.endsWith('END:VCALENDAR\r\n'));
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  const unfolded = text.replaceAll('\r\n ', '');
  assert.match(unfolded, /SUMMARY:Последний день\\, чтобы ответить\\; /);
  assert.ok(unfolded.includes('\\\\\r\n'));
  assert.match(text, /DTSTAMP:20250314T090000Z/);
  assert.match(text, /DTEND;VALUE=DATE:20260101/);
  assert.match(text, /UID:reply-20251231@p\.duly/);
});

test('numbers are read exactly, with comma or point', () => {
  const good = [
    ['1200,50', '1200.50'],
    ['21 000.5', '21000.5'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['−3', '-3'],
    ['007', '7'],
    ['0,10', '0.10'],
    ['1 234 567', '1234567'],
    ['21000 ₽', '21000'],
  ];
  for (const [typed, value] of good) assert.deepEqual(readNumber(typed, 'money'), { value }, typed);
  for (const typed of ['', 'abc', '1,2,3', '1e5', '1.234', '--1', ',5'])
    assert.ok(readNumber(typed, 'money').error, typed);
  assert.equal(readNumber('0.1234567890123456789', 'number').value, '0.1234567890123456789');
  assert.equal(readNumber('12.5', 'integer').error, 'error.whole');
  assert.deepEqual(readNumber('12,0', 'integer'), { value: '12' });
});

test('only days that exist are days', () => {
  assert.deepEqual(readDate('29', '2', '2024'), { value: '2024-02-29' });
  assert.equal(readDate('29', '2', '2023').part, 'day');
  assert.equal(readDate('31', '4', '2025').part, 'day');
  assert.equal(readDate('1', '13', '2025').part, 'month');
  assert.equal(readDate('1', '1', '25').part, 'year');
  assert.equal(readDate('', '1', '2025').error, 'error.no_day');
});

test('sizes and the numbers of a claim file keep every digit', () => {
  assert.equal(megabytes(5_242_880), '5.24288');
  assert.equal(megabytes(1), '0.000001');
  assert.equal(megabytes(5_000_000), '5');
  assert.equal(parse('{"a": 12345678901234567890.10, "b": "1"}').a, '12345678901234567890.10');
});
