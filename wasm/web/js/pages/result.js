// The result, as far as it is certain.

import { el, button, link, unseen } from '../dom.js';
import { t } from '../i18n.js';
import { save } from '../claim.js';
import { capital, date, value } from '../format.js';
import { ALL } from '../interview.js';
import { next, previous, to } from '../flow.js';
import { back, told } from '../parts/common.js';
import { deadlines } from '../parts/deadlines.js';
import { checklist } from '../parts/checklist.js';
import { award, outputs } from '../parts/figures.js';
import { reasons } from '../parts/reasons.js';
import { nextSteps } from '../parts/steps.js';

/** Everything that follows from the answers. */
export function result({ interview }) {
  const decision = interview.decision();
  interview.seen = interview.isSettled;
  const headline = headlineOf(interview, decision);
  return {
    title: headline,
    node: el(
      'div',
      {},
      back(previous(interview)),
      el('p', { class: 'caption' }, told(interview.form().title, interview.locale)),
      head(interview, decision, headline),
      body(interview, decision),
      stepsAfter(interview, decision),
      fine(interview, decision),
    ),
  };
}

/** What a decision tells, in the order of its weight; shared with the print view. */
export function body(interview, decision) {
  return [
    reasons(interview, decision),
    left(interview, decision),
    award(interview, decision),
    outputs(interview, decision),
    checklist(interview, decision),
    deadlines(interview, decision),
    assumed(interview),
  ];
}

/** The outcome in large letters. */
export function head(interview, decision, headline = headlineOf(interview, decision)) {
  const { repeat } = decision;
  return el(
    'div',
    { class: `outcome ${kind(interview, decision)}` },
    el('h1', {}, headline),
    el('p', {}, t(explanation(interview, decision))),
    repeat.next_from
      ? el('p', {}, t(decision.outcome === 'refused' ? 'repeat' : 'repeat.after', { day: date(repeat.next_from) }))
      : null,
  );
}

function headlineOf(interview, decision) {
  return t(`result.${kind(interview, decision)}`);
}

/** What the screen says of a decision; one that can refuse nobody is advice. */
function kind(interview, { policy, outcome, eligibility, award }) {
  const isPlain = outcome === 'granted' || outcome === 'undetermined';
  if (isPlain && !award && interview.forAnyone.has(policy)) return 'advice';
  if (outcome === 'undetermined') return eligibility === 'eligible' ? 'eligible' : 'open';
  return outcome === 'granted' && !award ? 'clear' : outcome;
}

function explanation(interview, decision) {
  const of = kind(interview, decision);
  const anyLeft = decision.questions.length > 0;
  if (of === 'eligible' && anyLeft) return 'result.eligible_open.text';
  if (of === 'advice' && anyLeft) return 'result.advice_open.text';
  if (of === 'open' && !anyLeft) return 'result.open_documents.text';
  return `result.${of}.text`;
}

/** Questions that were left for later, and those not asked yet. */
function left(interview, decision) {
  const skipped = interview.leftOpen();
  const pending = interview.pending().length;
  if (!skipped.length && !pending) return null;
  return el(
    'section',
    {},
    el('h2', {}, t('left')),
    skipped.length
      ? [
          el('p', {}, t('left.text')),
          el(
            'ul',
            { class: 'left' },
            skipped.map((q) =>
              el(
                'li',
                {},
                told(q.text, interview.locale),
                ' ',
                link(to(interview.name, 'question', q.fact, 'result'), [t('left.answer'), unseen(`: ${q.text}`)], {
                  class: 'screen-only',
                }),
              ),
            ),
          ),
        ]
      : null,
    pending
      ? [
          el('p', {}, t('left.more', { n: pending }), decision.outcome === 'refused' ? ` ${t('left.refused')}` : ''),
          el('p', { class: 'screen-only' }, link(next(interview), t('result.continue'), { class: 'button' })),
        ]
      : null,
  );
}

/** Facts with a default are never asked; here they can be told. */
function assumed(interview) {
  const asked = new Set(interview.decision().questions.map((q) => q.fact));
  const facts = interview
    .form()
    .facts.filter(
      (f) =>
        f.default !== undefined && f.text && f.fact !== 'today' && !interview.facts.has(f.fact) && !asked.has(f.fact),
    );
  if (!facts.length) return null;
  return el(
    'section',
    {},
    el(
      'details',
      { class: 'screen-only' },
      el('summary', {}, t('assumed')),
      el('p', {}, t('assumed.text')),
      el(
        'dl',
        { class: 'summary' },
        facts.map((f) =>
          el(
            'div',
            {},
            el('dt', {}, told(f.text, interview.locale)),
            el(
              'dd',
              {},
              told(capital(value(f, f.default)), interview.locale),
              ' ',
              link(to(interview.name, 'question', f.fact, 'result'), [t('change'), unseen(`: ${f.text}`)]),
            ),
          ),
        ),
      ),
    ),
  );
}

function stepsAfter(interview, decision) {
  const { name, facts, documents } = interview;
  return nextSteps([
    link(to(name, 'answers'), t('next.answers')),
    button(t('next.save'), () => save(decision.policy, facts, documents), { class: 'quiet' }),
    link(to(name, 'print'), t('next.print')),
    link('#/', t('next.other')),
    link(to(`${ALL}.${name.split('.')[0]}`), t('next.all')),
  ]);
}

/** What an expert wants to know. */
export function fine(interview, { policy, digest, governed_by: day }) {
  return el(
    'p',
    { class: 'fine' },
    day ? `${t('governed', { day: date(day) })} ` : '',
    t('policy.id', { name: policy, digest: digest.slice(7, 19) }),
  );
}
