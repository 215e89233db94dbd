// The result of screening all policies at once.

import { el, button, link } from '../dom.js';
import { language, t } from '../i18n.js';
import { interview as interviewOf } from '../interview.js';
import { money } from '../format.js';
import { next, previous, to } from '../flow.js';
import { back, told } from '../parts/common.js';

const GROUPS = [
  ['eligible', 'yes'],
  ['unknown', 'open'],
  ['ineligible', 'no'],
];

/** What suits, what is open, what does not suit. */
export function together({ interview, go }) {
  const { policies, documents } = interview.decision();
  const pending = interview.pending().length;
  return {
    title: t('all.results'),
    node: el(
      'div',
      {},
      back(previous(interview)),
      el('h1', {}, t('all.results')),
      el('p', {}, pending ? t('left.more', { n: pending }) : t('all.answered')),
      el(
        'p',
        { class: 'actions' },
        pending ? link(next(interview), t('all.next'), { class: 'button' }) : null,
        link(to(interview.name, 'answers'), t('next.answers')),
      ),
      GROUPS.map(([eligibility, kind]) =>
        group(
          interview,
          go,
          kind,
          policies.filter((p) => p.eligibility === eligibility),
        ),
      ),
      papers(documents),
    ),
  };
}

function group(interview, go, kind, policies) {
  if (!policies.length) return null;
  return el(
    'section',
    {},
    el('h2', {}, t(`all.${kind}`)),
    el('p', {}, t(`all.${kind}.text`)),
    el(
      'ul',
      { class: 'found' },
      policies.map((p) => item(interview, go, kind, p)),
    ),
  );
}

function item(interview, go, kind, found) {
  const { policy, title, locale = language(), award, reasons } = found;
  const refusal = kind === 'no' ? reasons.find((r) => r.effect === 'refuse') : null;
  return el(
    'li',
    { class: `found-${kind}` },
    el('h3', {}, told(title, locale)),
    award ? el('p', {}, t('sofar.amount', { amount: money(award.amount, award.currency) })) : null,
    refusal ? el('p', {}, told(refusal.message, locale)) : null,
    el(
      'p',
      {},
      button([t('all.detail'), el('span', { class: 'unseen' }, `: ${title}`)], () => detail(interview, policy, go), {
        class: 'quiet',
      }),
    ),
  );
}

/** Goes on with one policy and takes the answers along. */
async function detail(interview, policy, go) {
  const own = await interviewOf(policy);
  own.takeOver(interview);
  go(to(policy));
}

function papers(documents) {
  const wanted = documents.filter((d) => d.need !== 'not_required');
  if (!wanted.length) return null;
  return el(
    'section',
    {},
    el(
      'details',
      {},
      el('summary', {}, t('all.documents')),
      el(
        'ul',
        {},
        wanted.map((d) => el('li', {}, d.title)),
      ),
    ),
  );
}
