// The documents as a list to go by, on the result and on paper.

import { el, link } from '../dom.js';
import { t } from '../i18n.js';
import { to } from '../flow.js';
import { demands, needTitle, sorted, stateOf } from '../papers.js';
import { tag, told } from './common.js';

/** The list of documents that are, or may be, needed. */
export function checklist(interview, decision) {
  const needed = sorted(decision.documents).filter(([need]) => need !== 'not_required');
  if (!needed.length || decision.outcome === 'refused') return null;
  return el(
    'section',
    {},
    el('h2', {}, t('documents')),
    needed.map(([need, documents]) => [
      el('h3', {}, needTitle(need)),
      el(
        'ul',
        { class: 'checklist' },
        documents.map((d) => item(interview, d)),
      ),
    ]),
    el('p', { class: 'screen-only' }, link(to(interview.name, 'documents'), t('next.documents'), { class: 'button' })),
  );
}

function item(interview, decided) {
  const state = stateOf(interview, decided);
  const asked = demands(interview, decided.kind);
  return el(
    'li',
    { class: state },
    el('span', { class: 'box', 'aria-hidden': 'true' }),
    el(
      'span',
      { class: 'name' },
      told(decided.title, interview.locale),
      asked ? el('span', { class: 'asked' }, asked) : null,
    ),
    state === 'unchecked' ? null : tag(t(`document.${state}`), state),
  );
}
