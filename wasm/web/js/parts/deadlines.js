// Deadlines as a timeline, and as events for a calendar.

import { el, button, download } from '../dom.js';
import { t } from '../i18n.js';
import { capital, date, humanise, weekday } from '../format.js';
import { calendar } from '../ics.js';
import { today } from '../read.js';
import { told } from './common.js';

/** The timeline, the earliest day first. */
export function deadlines(interview, decision) {
  if (!decision.deadlines.length) return null;
  const events = decision.deadlines.map((d) => ({ ...d, label: labelOf(interview, d.name) }));
  const inOrder = events.toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const timeline = [
    el(
      'ol',
      { class: 'timeline' },
      inOrder.map((event) => step(interview, event)),
    ),
    el(
      'p',
      { class: 'screen-only' },
      button(t('deadlines.ics'), () => save(interview, decision, inOrder), { class: 'button second' }),
    ),
  ];
  if (decision.outcome !== 'refused') return el('section', {}, el('h2', {}, t('deadlines')), timeline);
  return el('details', { class: 'screen-only' }, el('summary', {}, t('deadlines.refused')), timeline);
}

function labelOf(interview, name) {
  const known = interview.form().deadlines.find((d) => d.name === name);
  return capital(known?.label || humanise(name));
}

function step(interview, { earliest, due, label }) {
  const past = due < today();
  const days =
    earliest && earliest !== due
      ? t('deadline.span', { earliest: date(earliest), due: date(due) })
      : t('deadline.by', { due: date(due), weekday: weekday(due) });
  return el(
    'li',
    { class: past ? 'past' : null },
    el('p', { class: 'when' }, el('time', { datetime: due }, days), past ? ` (${t('deadline.past')})` : ''),
    el('p', { class: 'what' }, told(label, interview.locale)),
  );
}

function save(interview, decision, events) {
  const { title } = interview.form();
  download(`${decision.policy}.ics`, 'text/calendar', calendar(decision.policy, title, events, new Date()));
}
