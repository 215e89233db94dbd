// The result of screening all policies at once.

import { el, button, link } from '../dom.js';
import { t } from '../i18n.js';
import { save } from '../claim.js';
import { interview as interviewOf } from '../interview.js';
import { money } from '../format.js';
import { next, previous, to } from '../flow.js';
import { back, told } from '../parts/common.js';
import { gathered } from '../parts/gathered.js';
import { nextSteps } from '../parts/steps.js';

const BUTTON = { class: 'button' };

/** What suits, what suits anyone, what is open, what does not suit. */
export function together({ interview, go }) {
  const decision = interview.decision();
  interview.seen = interview.isSettled;
  return {
    title: t('all.results'),
    node: el(
      'div',
      {},
      back(previous(interview)),
      el('h1', {}, t('all.results')),
      onwards(interview),
      groups(interview).map(([kind, policies]) => group(interview, go, kind, policies)),
      gathered(interview, decision),
      stepsAfter(interview),
      el('p', { class: 'fine' }, t('footer.preliminary')),
    ),
  };
}

/** The policies by what is said of them; those that refuse nobody are nothing one is entitled to. */
function groups(interview) {
  const of = (eligibility) => interview.benefits().filter((p) => p.eligibility === eligibility);
  const forAnyone = interview.decision().policies.filter((p) => interview.isForAnyone(p));
  return [
    ['yes', of('eligible')],
    ['open', of('unknown')],
    ['anyone', forAnyone],
    ['no', of('ineligible')],
  ];
}

function onwards(interview) {
  const pending = interview.pending().length;
  const left = interview.leftOpen().length;
  const [said, action] = pending
    ? [t(interview.isSettled ? 'all.settled' : 'all.unsettled'), link(next(interview), t('result.continue'), BUTTON)]
    : left
      ? [t('all.left', { n: left }), link(to(interview.name, 'answers'), t('next.answers'), BUTTON)]
      : [t('all.answered'), null];
  return [el('p', { class: 'lead' }, said), action && el('p', { class: 'actions' }, action)];
}

function group(interview, go, kind, policies) {
  if (!policies.length) return null;
  return el(
    'section',
    { class: `found-${kind}` },
    el('h2', {}, `${t(`all.${kind}`)} (${policies.length})`),
    el('p', {}, t(`all.${kind}.text`)),
    el(
      'ul',
      { class: 'found' },
      policies.map((p) => item(interview, go, kind, p)),
    ),
  );
}

function item(interview, go, kind, { policy, title, locale, award, reasons }) {
  const refusals = kind === 'no' ? reasons.filter((r) => r.effect === 'refuse') : [];
  return el(
    'li',
    {},
    el(
      'h3',
      {},
      button(told(title, locale), () => detail(interview, policy, go), { class: 'quiet' }),
    ),
    award && kind !== 'no' ? el('p', {}, t('sofar.amount', { amount: money(award.amount, award.currency) })) : null,
    refusals.map((r) => el('p', {}, told(r.message, locale))),
  );
}

/** Goes on with one policy and takes the answers along. */
async function detail(interview, policy, go) {
  const own = await interviewOf(policy);
  own.takeOver(interview);
  go(to(policy));
}

function stepsAfter(interview) {
  const { name, facts, documents } = interview;
  return nextSteps([
    link(to(name, 'answers'), t('next.answers')),
    button(t('next.save'), () => save(name, facts, documents), { class: 'quiet' }),
    button(t('print.button'), () => window.print(), { class: 'quiet' }),
    link('#/', t('home')),
  ]);
}
