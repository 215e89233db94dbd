// Small things that many screens have.

import { el, link } from '../dom.js';
import { language, t } from '../i18n.js';

/** The way back, above the heading. */
export function back(href) {
  return el('p', { class: 'back' }, link(href, t('back')));
}

/** Text of a policy, marked where it is in another language than the page. */
export function told(text, locale) {
  return el('span', { lang: locale && locale !== language() ? locale : null }, text);
}

/** The summary of what is wrong with a form; it takes the focus. */
export function errorSummary(problems) {
  return el(
    'div',
    { class: 'error-summary', role: 'alert', tabindex: '-1', 'aria-labelledby': 'error-summary-title' },
    el('h2', { id: 'error-summary-title' }, t('error.summary')),
    el(
      'ul',
      {},
      problems.map((p) =>
        el(
          'li',
          {},
          p.target ? el('a', { href: `#${p.target}`, onclick: (event) => focusOn(event, p.target) }, p.text) : p.text,
        ),
      ),
    ),
  );
}

function focusOn(event, id) {
  event.preventDefault();
  document.getElementById(id)?.focus();
}

/** Puts the summary in front of a form and complains beside the fields. */
export function showProblems(form, problems, complain) {
  form.parentElement.querySelector('.error-summary')?.remove();
  complain(form, problems);
  if (!problems.length) return;
  const located = problems.map((p) => ({ ...p, target: targetOf(form, p) }));
  const summary = errorSummary(located);
  form.before(summary);
  summary.focus();
  if (!document.title.startsWith(t('error.word'))) document.title = `${t('error.word')} ${document.title}`;
}

function targetOf(form, { id, part }) {
  const field = [...form.querySelectorAll('[data-field]')].find((f) => f.dataset.field === id);
  const inputs = [...(field?.querySelectorAll('input, select, button') ?? [])];
  return (inputs.find((i) => part && i.id.endsWith(`-${part}`)) ?? inputs.find((i) => i.id))?.id;
}

/** A short mark of a state, in words and colour. */
export function tag(text, kind) {
  return el('strong', { class: `tag ${kind}` }, text);
}
