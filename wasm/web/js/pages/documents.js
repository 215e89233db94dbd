// The checklist with files: format and size are checked in place.

import { el, link, unseen } from '../dom.js';
import { t } from '../i18n.js';
import { value } from '../format.js';
import { to } from '../flow.js';
import { count, needTitle, sorted, stateOf } from '../papers.js';
import { back, told } from '../parts/common.js';
import { paper } from '../parts/paper.js';

const CHANNEL = 'filing.channel';

/** The documents; how one applies is asked first, as it says which files are good. */
export function documents({ interview, go, redo }) {
  const { name, facts, skipped } = interview;
  if (interview.fact(CHANNEL) && !facts.has(CHANNEL) && !skipped.has(CHANNEL)) {
    return { redirect: to(name, 'question', CHANNEL, 'documents') };
  }
  const decision = interview.decision();
  const changed = (kind) => redo({ focus: `paper-${kind}-title`, say: announcement(interview, kind) });
  const { n, done } = count(decision.documents);
  return {
    title: t('documents.title'),
    node: el(
      'div',
      {},
      back(to(name, 'result')),
      el('p', { class: 'caption' }, told(interview.form().title, interview.locale)),
      el('h1', {}, t('documents.title')),
      decision.documents.length ? el('p', { class: 'lead' }, t('documents.lead')) : el('p', {}, t('documents.none')),
      channel(interview),
      n ? el('p', { class: 'count' }, el('strong', {}, t('documents.count', { n, done }))) : null,
      sorted(decision.documents).map(([need, some]) => group(interview, need, some, changed)),
      el('p', { class: 'actions' }, link(to(name, 'result'), t('documents.done'), { class: 'button' })),
    ),
  };
}

function announcement(interview, kind) {
  const decided = interview.decision().documents.find((d) => d.kind === kind);
  return t('document.added', { title: decided.title, status: t(`document.${stateOf(interview, decided)}`) });
}

function channel(interview) {
  const spec = interview.fact(CHANNEL);
  if (!spec) return null;
  const told_ = interview.facts.get(CHANNEL);
  return el(
    'p',
    { class: 'channel' },
    told_ === undefined
      ? t('documents.channel.unknown')
      : [`${t('documents.channel')} `, el('strong', {}, told(value(spec, told_), interview.locale))],
    ' ',
    link(to(interview.name, 'question', CHANNEL, 'documents'), [t('change'), unseen(`: ${spec.text}`)]),
  );
}

function group(interview, need, some, changed) {
  const list = el(
    'ul',
    { class: 'papers' },
    some.map((d) => paper(interview, d, changed)),
  );
  if (need === 'not_required') {
    const names = el(
      'ul',
      {},
      some.map((d) => el('li', {}, told(d.title, interview.locale))),
    );
    return el('details', {}, el('summary', {}, `${needTitle(need)} (${some.length})`), names);
  }
  return el(
    'section',
    {},
    el('h2', {}, needTitle(need)),
    need === 'unknown' ? el('p', {}, t('documents.perhaps.text')) : null,
    list,
  );
}
