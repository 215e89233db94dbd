// The documents to gather for all policies, each once with the policies that want it.

import { el } from '../dom.js';
import { t } from '../i18n.js';
import { told } from './common.js';

/** First what the policies want that suit; the rest only perhaps. */
export function gathered(interview, { documents, policies }) {
  const known = new Map(policies.map((p) => [p.policy, p]));
  const suits = new Set(interview.benefits().flatMap((p) => (p.eligibility === 'eligible' ? p.policy : [])));
  const isSure = (d) => d.for.some((w) => suits.has(w.policy));
  const sure = documents.filter(isSure);
  const perhaps = documents.filter((d) => !isSure(d));
  return [
    sure.length ? el('section', {}, el('h2', {}, t('all.documents')), list(sure, known)) : null,
    perhaps.length
      ? el('details', {}, el('summary', {}, t('all.documents.perhaps', { n: perhaps.length })), list(perhaps, known))
      : null,
  ];
}

function list(documents, known) {
  return el(
    'ul',
    { class: 'checklist' },
    documents.map((d) => item(d, known)),
  );
}

function item({ title, locale, for: wanted }, known) {
  return el(
    'li',
    {},
    el('span', { class: 'box', 'aria-hidden': 'true' }),
    el(
      'span',
      { class: 'name' },
      told(title, locale),
      [...byNeed(wanted)].map(([need, some]) =>
        el(
          'span',
          { class: 'asked' },
          services(
            need,
            some.map((w) => known.get(w.policy)),
          ),
        ),
      ),
    ),
  );
}

function byNeed(wanted) {
  const needs = new Map();
  for (const one of wanted) {
    const need = one.need.split(':')[0];
    needs.set(need, [...(needs.get(need) ?? []), one]);
  }
  return needs;
}

/** How much services want a document, and which they are. */
function services(need, policies) {
  return [`${t(`all.need.${need}`)}: `, policies.map((p, n) => [n ? '; ' : '', told(p.title, p.locale)])];
}
