// Reasons: what is wrong, what can be done, by which rule, from which answers.

import { el, link, unseen } from '../dom.js';
import { t } from '../i18n.js';
import { capital, value } from '../format.js';
import { to } from '../flow.js';
import { told } from './common.js';

/** All reasons that are certain; notes stand apart. */
export function reasons(interview, decision) {
  const grave = decision.reasons.filter((r) => r.effect !== 'note');
  const notes = decision.reasons.filter((r) => r.effect === 'note');
  return [section(interview, 'reasons', grave), section(interview, 'reason.notes', notes)];
}

function section(interview, title, reasons) {
  if (!reasons.length) return null;
  return el(
    'section',
    { class: 'reasons' },
    el('h2', {}, t(title)),
    reasons.map((r) => one(interview, r)),
  );
}

function one(interview, reason) {
  return el(
    'article',
    { class: `reason ${reason.effect}` },
    el('h3', {}, told(reason.message, interview.locale)),
    reason.remedy && el('p', {}, el('strong', {}, `${t('reason.do')}: `), told(reason.remedy, interview.locale)),
    because(interview, reason),
    reason.basis.length
      ? el(
          'p',
          { class: 'basis' },
          `${t('reason.rule')}: `,
          reason.basis.map((b, n) => [n ? '; ' : '', source(interview, b)]),
        )
      : null,
  );
}

function source(interview, { source: name, at }) {
  const title = interview.form().sources.find((s) => s.name === name)?.label;
  return told([title, at].filter(Boolean).join(' – ') || capital(name), interview.locale);
}

/** The answers that decided it, each with a way to change it. */
function because(interview, reason) {
  const seen = new Map(reason.because.flatMap((b) => b.facts).map((f) => [f.fact, f.value]));
  const facts = [...seen].filter(([path]) => interview.facts.has(path) && interview.fact(path));
  if (!facts.length) return null;
  return el(
    'div',
    { class: 'because' },
    el('p', {}, `${t('reason.because')}:`),
    el(
      'ul',
      {},
      facts.map(([path]) => {
        const spec = interview.fact(path);
        const name = capital(spec.label || spec.text);
        return el(
          'li',
          {},
          told(name, interview.locale),
          ' – ',
          el('strong', {}, told(value(spec, interview.facts.get(path)), interview.locale)),
          ' ',
          link(to(interview.name, 'question', path, 'result'), [t('change'), unseen(`: ${name}`)], {
            class: 'screen-only',
          }),
        );
      }),
    ),
  );
}
