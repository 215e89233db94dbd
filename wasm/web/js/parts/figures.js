// The amount with its lines, and the outputs.

import { el } from '../dom.js';
import { t } from '../i18n.js';
import { capital, humanise, money, value } from '../format.js';
import { told } from './common.js';

/** The amount and how it is worked out. */
export function award(interview, { award }) {
  if (!award) return null;
  const name = (line) => told(capital(label(interview.form().lines, line) ?? humanise(line)), interview.locale);
  const rows = award.lines.map((line) =>
    el(
      'tr',
      { class: line === award.lines.at(-1) ? 'total' : null },
      el('th', { scope: 'row' }, name(line.name)),
      el('td', {}, money(line.amount, award.currency)),
    ),
  );
  return el(
    'section',
    { class: 'award' },
    el('h2', {}, t('award')),
    el('p', { class: 'quiet-text' }, t(award.payable ? 'award.payable' : 'award.estimate')),
    el('p', { class: 'amount' }, money(award.amount, award.currency)),
    rows.length > 1
      ? el(
          'table',
          {},
          el('caption', {}, t('award.lines')),
          el(
            'thead',
            {},
            el('tr', {}, el('th', { scope: 'col' }, t('award.line')), el('th', { scope: 'col' }, t('award.amount'))),
          ),
          el('tbody', {}, rows),
        )
      : null,
  );
}

function label(known, name) {
  return known.find((k) => k.name === name)?.label;
}

/** What else follows for the person. */
export function outputs(interview, decision) {
  const entries = Object.entries(decision.outputs);
  if (!entries.length) return null;
  return el(
    'section',
    {},
    el('h2', {}, t('outputs')),
    el(
      'dl',
      { class: 'summary' },
      entries.map(([name, output]) => {
        const spec = interview.form().outputs.find((o) => o.fact === name);
        return el(
          'div',
          {},
          el('dt', {}, told(capital(spec.label ?? humanise(name)), interview.locale)),
          el('dd', {}, shown(spec, output, interview)),
        );
      }),
    ),
  );
}

function shown(spec, output, interview) {
  if (output === null) return el('span', { class: 'quiet-text' }, t('outputs.open'));
  if (!spec.is_list) return told(capital(value(spec, output)), interview.locale);
  if (!output.length) return t('value.empty_list');
  return el(
    'ol',
    {},
    output.map((item) => el('li', {}, told(capital(value(spec, item)), interview.locale))),
  );
}
