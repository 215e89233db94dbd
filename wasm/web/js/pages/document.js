// The details of one document that no file name tells.

import { el } from '../dom.js';
import { t } from '../i18n.js';
import { control } from '../controls/index.js';
import { complain } from '../controls/frame.js';
import { nameOf } from '../controls/list.js';
import { to } from '../flow.js';
import { details, find, tell } from '../papers.js';
import { back, showProblems, told } from '../parts/common.js';

/** A form of what has to be confirmed. */
export function document_({ interview, go, args: [kind] }) {
  const decided = interview.decision().documents.find((d) => d.kind === kind);
  const home = to(interview.name, 'documents');
  if (!decided || !find(interview, kind)) return { redirect: home };
  const fields = details(interview, decided).map((spec) => ({
    spec,
    made: control({ ...spec, text: spec.isField ? nameOf(spec) : spec.text }, spec.value, { optional: true }),
  }));
  const form = el(
    'form',
    { novalidate: true, onsubmit: (event) => save(event, { interview, kind, fields, leave: () => go(home) }) },
    fields.map((f) => f.made.node),
    el('p', { class: 'actions' }, el('button', { type: 'submit', class: 'button' }, t('details.save'))),
  );
  const title = t('details.title', { title: decided.title });
  return {
    title,
    node: el('div', {}, back(home), el('h1', {}, told(title)), el('p', { class: 'lead' }, t('details.lead')), form),
  };
}

function save(event, { interview, kind, fields, leave }) {
  event.preventDefault();
  const form = event.currentTarget;
  const read = fields.map(({ spec, made }) => ({ spec, ...made.read() }));
  const problems = read.flatMap((r) => r.problems ?? []);
  showProblems(form, problems, complain);
  if (problems.length) return;
  const known = read.filter((r) => r.value !== undefined);
  const own = Object.fromEntries(known.filter((r) => !r.spec.isField).map((r) => [r.spec.fact, r.value]));
  const filled = Object.fromEntries(known.filter((r) => r.spec.isField).map((r) => [r.spec.fact, r.value]));
  tell(interview, kind, Object.keys(filled).length ? { ...own, fields: filled } : own);
  leave();
}
