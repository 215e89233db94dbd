// What every control stands in: the question, a hint, a place for the complaint.

import { el, unseen } from '../dom.js';
import { t } from '../i18n.js';

/** A group of inputs under one question. */
export function group(spec, style, ...body) {
  const hint = spec.hint && el('p', { class: 'hint', id: `${spec.id}-hint` }, spec.hint);
  const legend = el(
    'legend',
    { class: style.heading ? 'question' : 'label', id: `${spec.id}-label` },
    style.heading ? el('h1', {}, asked(spec)) : asked(spec),
  );
  return el(
    'fieldset',
    { class: 'field', 'data-field': spec.id, 'aria-describedby': hint ? hint.id : null },
    legend,
    hint,
    el('div', { class: 'complaint' }),
    body,
  );
}

/** One input under its question. */
export function single(spec, style, input, ...after) {
  const hint = spec.hint && el('p', { class: 'hint', id: `${spec.id}-hint` }, spec.hint);
  if (hint) input.setAttribute('aria-describedby', hint.id);
  const label = el('label', { for: input.id, id: `${spec.id}-label` }, asked(spec));
  const head = style.heading ? el('h1', { class: 'question' }, label) : el('div', { class: 'label' }, label);
  return el(
    'div',
    { class: 'field', 'data-field': spec.id },
    head,
    hint,
    el('div', { class: 'complaint' }),
    wrapped(input, style),
    after,
  );
}

function wrapped(input, { suffix }) {
  return suffix
    ? el('div', { class: 'with-suffix' }, input, el('span', { class: 'suffix', 'aria-hidden': 'true' }, suffix))
    : input;
}

function asked(spec) {
  return el('span', { lang: spec.lang }, spec.text);
}

/** One radio button or checkbox with its label. */
export function tick(type, { id, name, value, text, lang, checked, exclusive }) {
  const input = el('input', { type, id, name, value, checked, 'data-exclusive': exclusive });
  return el('div', { class: `tick ${type}` }, input, el('label', { for: id, lang }, text));
}

/** The word between ordinary choices and the way out of them. */
export function or() {
  return el('p', { class: 'or' }, t('or'));
}

/** Shows complaints beside their fields; `id` is a field's. */
export function complain(form, problems) {
  for (const slot of form.querySelectorAll('.complaint')) slot.replaceChildren();
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid');
    describe(input, null);
  }
  for (const problem of problems) {
    const field = [...form.querySelectorAll('[data-field]')].find((f) => f.dataset.field === problem.id);
    if (!field) continue;
    const id = `${problem.id}-error`;
    field
      .querySelector('.complaint')
      .append(el('p', { class: 'error', id }, unseen(`${t('error.word')} `), problem.text));
    for (const input of field.querySelectorAll('input, select')) {
      if (problem.part && !input.id.endsWith(`-${problem.part}`)) continue;
      input.setAttribute('aria-invalid', 'true');
      describe(input, id);
    }
  }
}

/** An input is described by its hint and, while there is one, the complaint. */
function describe(input, complaint) {
  const lasting = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((i) => i && !i.endsWith('-error'));
  const all = complaint ? [...lasting, complaint] : lasting;
  if (all.length) input.setAttribute('aria-describedby', all.join(' '));
  else input.removeAttribute('aria-describedby');
}
