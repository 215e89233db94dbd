// One question.

import { el, button } from '../dom.js';
import { language, t } from '../i18n.js';
import { control } from '../controls/index.js';
import { complain } from '../controls/frame.js';
import { after, previous, to } from '../flow.js';
import { back, showProblems, told } from '../parts/common.js';
import { sofar } from '../parts/sofar.js';

/** The screen of a question; `target` is where to go back to after a change. */
export function question({ interview, go, args: [path, target] }) {
  const spec = specification(interview, path);
  if (!spec) return undefined;
  const lang = (spec.locale ?? interview.locale) === language() ? null : (spec.locale ?? interview.locale);
  const draft = interview.drafts.get(path) ?? {};
  interview.drafts.set(path, draft);
  const made = control(spec, interview.facts.get(path), { heading: true, lang, draft });
  const leave = (before) => go(after(interview, before, target));
  const form = el(
    'form',
    { novalidate: true, onsubmit: (event) => submit(event, { interview, spec, made, leave }) },
    made.node,
    buttons(interview, spec, leave),
  );
  relabel(form, spec, interview);
  return {
    title: spec.text,
    node: el(
      'div',
      {},
      back(target ? to(interview.name, target) : previous(interview, path)),
      service(interview, spec),
      target ? null : progress(interview, path),
      form,
      sofar(interview),
    ),
  };
}

/** Which service this is about, or how many. */
function service(interview, { policies = [] }) {
  if (policies.length > 1) return el('p', { class: 'caption' }, t('all.for', { n: policies.length }));
  const { title, locale } = interview.decision().policies?.find((p) => p.policy === policies[0]) ?? interview.form();
  return el('p', { class: 'caption' }, told(title, locale));
}

/** A fact as its question tells it. */
function specification(interview, path) {
  const known = interview.fact(path);
  const asked = interview.decision().questions.find((q) => q.fact === path);
  if (!known && !asked) return undefined;
  // Of all policies the form has the words of the one that speaks the language of the page.
  return interview.isAll
    ? { ...known, policies: asked?.policies ?? known.policies }
    : { fields: [], ...known, ...asked };
}

function buttons(interview, spec, leave) {
  const skip = button(
    t('unknown'),
    () => {
      const before = interview.pending().map((q) => q.fact);
      interview.drafts.delete(spec.fact);
      interview.skip(spec.fact);
      leave(before);
    },
    { class: 'button second' },
  );
  return el('p', { class: 'actions' }, el('button', { type: 'submit', class: 'button' }, t('continue')), skip);
}

/** With an empty list “continue” says what it means. */
function relabel(form, spec, interview) {
  if (spec.type !== 'list') return;
  const submit = form.querySelector('[type=submit]');
  const say = (empty) => (submit.textContent = t(empty ? 'continue.none' : 'continue'));
  form.addEventListener('listchange', (event) => say(event.detail.empty));
  const { rows, at } = interview.drafts.get(spec.fact);
  say(rows.length === 0 && at === undefined);
}

function submit(event, { interview, spec, made, leave }) {
  event.preventDefault();
  const form = event.currentTarget;
  const { value, problems = [] } = made.read();
  const before = interview.pending().map((q) => q.fact);
  if (!problems.length) problems.push(...take(interview, spec, value, form));
  showProblems(form, problems, complain);
  if (problems.length) return;
  interview.drafts.delete(spec.fact);
  leave(before);
}

/** Gives the answer to the engine; its objections are problems of the field. */
function take(interview, spec, value, form) {
  try {
    interview.answer(spec.fact, value);
    return [];
  } catch (error) {
    const said = error.problems?.map((p) => p.message) ?? [error.message];
    const { field } = form.querySelector('[data-field]').dataset;
    return said.map((message) => ({ id: field, text: t('error.engine', { message }) }));
  }
}

/** How far one is: with one policy by what may still come, with all by what is settled. */
function progress(interview, path) {
  const { asked } = interview;
  const at = asked.includes(path) ? asked.indexOf(path) : asked.length;
  if (interview.isAll) return settled(interview, at);
  const others = interview.pending().filter((q) => q.fact !== path && !asked.includes(q.fact)).length;
  const more = asked.slice(at + 1).length + others;
  return bar(at, more ? t('progress.more', { n: more }) : t('progress.last'), at + 1, at + 1 + more);
}

function settled(interview, at) {
  const policies = interview.benefits();
  const done = policies.filter((p) => p.eligibility !== 'unknown').length;
  return bar(at, t('progress.settled', { done, n: policies.length }), done, policies.length);
}

function bar(at, text, value, max) {
  return el(
    'div',
    { class: 'progress' },
    el('p', {}, `${t('progress', { at: at + 1 })} · ${text}`),
    el('progress', { max, value, 'aria-hidden': 'true' }),
  );
}
