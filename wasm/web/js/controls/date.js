// A day in three fields.

import { el, button } from '../dom.js';
import { t } from '../i18n.js';
import { readDate, today } from '../read.js';
import { group } from './frame.js';
import { isNone, none } from './line.js';

const PARTS = ['day', 'month', 'year'];

/** Day, month and year; a button for today where the question is asked alone. */
export function date(spec, value, style) {
  const [year = '', month = '', day = ''] = value ? value.split('-') : [];
  const told = { day: day.replace(/^0/, ''), month: month.replace(/^0/, ''), year };
  const inputs = PARTS.map((part) =>
    el('input', {
      type: 'text',
      inputmode: 'numeric',
      id: `${spec.id}-${part}`,
      name: `${spec.id}-${part}`,
      autocomplete: 'off',
      maxlength: part === 'year' ? 4 : 2,
      class: part,
      value: told[part],
    }),
  );
  const fields = inputs.map((input, n) =>
    el('div', { class: 'date-part' }, el('label', { for: input.id }, t(`date.${PARTS[n]}`)), input),
  );
  const node = group(
    { ...spec, hint: t('hint.date', { example: example() }) },
    style,
    el('div', { class: 'date' }, fields),
    style.optional ? null : todayButton(inputs),
    spec.may_be_none ? none(spec, value, inputs) : null,
  );
  return { node, read: () => read(spec, node, inputs, style) };
}

/** An example that is near today, so that the order of the fields is plain. */
function example() {
  return `27 3 ${new Date().getFullYear()}`;
}

function todayButton(inputs) {
  return button(
    t('date.today'),
    () => {
      const [year, month, day] = today().split('-').map(Number);
      [day, month, year].forEach((part, n) => {
        inputs[n].value = part;
        inputs[n].dispatchEvent(new Event('input', { bubbles: true }));
      });
      inputs[0].focus();
    },
    { class: 'quiet' },
  );
}

function read(spec, node, inputs, style) {
  if (isNone(node)) return { value: null };
  const texts = inputs.map((i) => i.value);
  if (style.optional && texts.every((text) => !text.trim())) return { value: undefined };
  const { value, error, part } = readDate(...texts);
  if (!error) return { value };
  const key = error === 'error.empty' ? (spec.may_be_none ? 'error.empty_or_none' : 'error.empty_date') : error;
  return {
    problems: [
      { id: spec.id, text: t(key, { month: texts[1], year: texts[2] }), part: error === 'error.empty' ? null : part },
    ],
  };
}
