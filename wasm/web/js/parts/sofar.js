// What is certain while questions still come.

import { el, link } from '../dom.js';
import { t } from '../i18n.js';
import { money } from '../format.js';
import { to } from '../flow.js';
import { told } from './common.js';

/** The panel under a question; nothing while nothing is certain. */
export function sofar(interview) {
  const said = interview.isAll ? together(interview) : alone(interview);
  if (!said.length) return null;
  return el(
    'aside',
    { class: 'panel sofar', 'aria-labelledby': 'sofar' },
    el('h2', { id: 'sofar' }, t('sofar')),
    said.map((s) => el('p', {}, s)),
    el('p', {}, link(to(interview.name, 'result'), t('sofar.result'))),
  );
}

function alone(interview) {
  const { policy, outcome, eligibility, reasons, award } = interview.decision();
  const said = reasons.map((r) => told(r.message, interview.locale));
  if (outcome === 'refused') said.unshift(t('sofar.refused'));
  else if (outcome === 'incomplete') said.unshift(t('sofar.incomplete'));
  else if (eligibility === 'eligible' && interview.facts.size && !interview.forAnyone.has(policy))
    said.unshift(t(interview.pending().length ? 'sofar.eligible' : 'result.eligible'));
  if (award) said.push(t('sofar.amount', { amount: money(award.amount, award.currency) }));
  return said;
}

function together(interview) {
  if (!interview.begun) return [];
  const count = (eligibility) => interview.benefits().filter((p) => p.eligibility === eligibility).length;
  return [t('sofar.all', { yes: count('eligible'), open: count('unknown'), no: count('ineligible') })];
}
