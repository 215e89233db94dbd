// The first screen of an interview: what will be asked, and how to go on with saved answers.

import { el, button, link } from '../dom.js';
import { t } from '../i18n.js';
import { parse } from '../claim.js';
import { next, to } from '../flow.js';
import { back, errorSummary, told } from '../parts/common.js';

/** What a person should know before the first question. */
export function start({ interview, go }) {
  const title = interview.isAll ? t('all.title') : interview.form().title;
  return {
    title,
    node: el(
      'div',
      {},
      back('#/'),
      el('h1', {}, told(title, interview.locale)),
      interview.isAll
        ? el('p', { class: 'lead' }, t('all.count', { n: interview.policies.length }), ' ', t('all.lead'))
        : null,
      el('h2', {}, t('start.before')),
      el(
        'ul',
        { class: 'points' },
        points(interview).map((p) => el('li', {}, p)),
      ),
      buttons(interview, go),
      opener(interview, go),
    ),
  };
}

function points(interview) {
  const documents = interview.form().documents.length > 0;
  const own = interview.isAll
    ? [t('all.stop'), t('start.unknown'), t('all.documents.point')]
    : [
        t('start.questions', { n: interview.asked.length + interview.pending().length }),
        t('start.unknown'),
        t(documents ? 'start.documents' : 'start.no_documents'),
      ];
  return [...own, t('start.private')];
}

function buttons(interview, go) {
  if (!interview.begun) return el('p', {}, link(next(interview), t('start.go'), { class: 'button start' }));
  return el(
    'p',
    { class: 'actions' },
    link(next(interview), t('start.resume'), { class: 'button start' }),
    button(
      t('start.anew'),
      () => {
        interview.clear();
        go(next(interview));
      },
      { class: 'button second' },
    ),
  );
}

/** Opens a claim file that was saved here, or written elsewhere. */
function opener(interview, go) {
  const input = el('input', {
    type: 'file',
    id: 'claim',
    class: 'unseen',
    accept: '.json,application/json',
    'aria-describedby': 'claim-hint',
  });
  const box = el(
    'section',
    { class: 'opener' },
    el('h2', {}, t('start.open')),
    el(
      'div',
      { class: 'file-choice' },
      input,
      el('label', { for: 'claim', class: 'button second' }, t('start.open.button')),
    ),
    el('p', { class: 'hint', id: 'claim-hint' }, t('start.open.hint')),
  );
  input.addEventListener('change', async () => {
    const problems = await open(interview, input.files[0]);
    if (!problems.length) return go(to(interview.name, 'result'));
    input.value = '';
    box.querySelector('.error-summary')?.remove();
    const summary = errorSummary(problems.map((text) => ({ text })));
    box.prepend(summary);
    return summary.focus();
  });
  return box;
}

/** Opens a claim file; gives what stands against it. */
async function open(interview, file) {
  let claim;
  try {
    claim = parse(await file.text());
  } catch {
    return [t('start.open.not_json')];
  }
  try {
    interview.openClaim(claim);
    return [];
  } catch (error) {
    const problems = error.problems ?? [];
    return [t('start.open.failed'), ...problems.slice(0, 5).map((p) => complaint(interview, claim, p))];
  }
}

/** What does not fit, by its question where it has one. */
function complaint(interview, claim, { pointer, message }) {
  const keys = pointer.slice(1).split('/');
  const spec = interview.fact(keys.join('.'));
  const value = keys.reduce((record, key) => record?.[key], claim);
  return spec ? t('start.open.value', { question: spec.text, value: JSON.stringify(value) }) : `${pointer}: ${message}`;
}
