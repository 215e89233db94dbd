// A length of time: a count and its unit, as the engine reads it (“12 months”).

import { el } from '../dom.js';
import { t } from '../i18n.js';
import { readNumber } from '../read.js';
import { group } from './frame.js';
import { isNone, none } from './line.js';

const UNITS = ['days', 'working days', 'weeks', 'months', 'years'];

/** A count and a unit. */
export function period(spec, value, style) {
  const [count = '', ...unit] = value ? value.split(' ') : [];
  const chosen = unit.join(' ') || 'months';
  const input = el('input', {
    type: 'text',
    inputmode: 'numeric',
    id: `${spec.id}-count`,
    name: `${spec.id}-count`,
    class: 'year',
    autocomplete: 'off',
    value: count,
    'aria-labelledby': `${spec.id}-label`,
  });
  const select = el(
    'select',
    { id: `${spec.id}-unit`, name: `${spec.id}-unit`, 'aria-label': t('period.unit') },
    UNITS.map((u) =>
      el('option', { value: u, selected: u.startsWith(chosen.replace(/s$/, '')) }, t(`period.name.${u}`)),
    ),
  );
  const node = group(
    spec,
    style,
    el('div', { class: 'period' }, input, select),
    spec.may_be_none ? none(spec, value, [input]) : null,
  );
  return { node, read: () => read(spec, node, input, select, style) };
}

function read(spec, node, input, select, style) {
  if (isNone(node)) return { value: null };
  if (style.optional && !input.value.trim()) return { value: undefined };
  const { value, error } = readNumber(input.value, 'integer');
  return error ? { problems: [{ id: spec.id, text: t(error) }] } : { value: `${value} ${select.value}` };
}
