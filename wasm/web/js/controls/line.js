// What is typed into one line: numbers, money, percents, texts. Also the way out “there is none”.

import { el } from '../dom.js';
import { has, language, t } from '../i18n.js';
import { currencySign, number, unit } from '../format.js';
import { readNumber } from '../read.js';
import { single, or, tick } from './frame.js';

/** One line of text or one number. */
export function line(spec, value, style) {
  const isText = spec.type === 'text';
  const suffix = suffixOf(spec);
  const input = el('input', {
    type: 'text',
    id: `${spec.id}-input`,
    name: spec.id,
    autocomplete: 'off',
    spellcheck: 'false',
    class: isText ? 'wide' : 'short',
    inputmode: isText ? null : spec.type === 'integer' ? 'numeric' : 'decimal',
    value: value === undefined || value === null ? '' : isText ? value : number(value).replace('−', '-'),
  });
  const way = spec.may_be_none ? none(spec, value, [input]) : null;
  const node = single({ ...spec, hint: hint(spec, style) }, { ...style, suffix }, input, way);
  return { node, read: () => readLine(spec, input, node, style) };
}

function suffixOf({ type, unit: name, unit_text: written }) {
  if (type === 'money') return currencySign(name);
  if (type === 'percent') return '%';
  return type === 'number' && name ? (written ?? unit(name)) : null;
}

function hint({ type, unit: name }, { optional }) {
  if (type === 'money' && name)
    return t('hint.money', { currency: t(`currency.${name}`), example: language() === 'en' ? '1200.50' : '1200,50' });
  if (optional) return null;
  if (type === 'percent') return t('hint.percent');
  if (type === 'number' && has(`unit_name.${name}`)) return t('hint.number', { unit: t(`unit_name.${name}`) });
  return type === 'integer' ? t('hint.integer') : null;
}

function readLine(spec, input, node, style) {
  if (isNone(node)) return { value: null };
  const text = input.value.trim();
  if (!text && style.optional) return { value: undefined };
  if (spec.type === 'text') {
    return text ? { value: text } : { problems: [{ id: spec.id, text: t(emptyKey(spec)) }] };
  }
  const read = readNumber(text, spec.type);
  if (!read.error) return { value: read.value };
  const key = read.error === 'error.empty' ? emptyKey(spec) : read.error;
  return { problems: [{ id: spec.id, text: t(key) }] };
}

function emptyKey(spec) {
  if (spec.may_be_none) return 'error.empty_or_none';
  return spec.type === 'text' ? 'error.empty_text' : 'error.empty';
}

/** The checkbox “there is none”; it and the inputs take each other back. */
export function none(spec, value, inputs) {
  const way = tick('checkbox', {
    id: `${spec.id}-none`,
    name: `${spec.id}-none`,
    value: 'none',
    text: t('none.single'),
    checked: value === null,
    exclusive: true,
  });
  const box = way.querySelector('input');
  box.addEventListener('change', () => {
    if (box.checked) for (const input of inputs) input.value = '';
  });
  for (const input of inputs) input.addEventListener('input', () => (box.checked = false));
  return [or(), way];
}

/** Is “there is none” ticked? */
export function isNone(node) {
  return node.querySelector('input[data-exclusive]')?.checked ?? false;
}
