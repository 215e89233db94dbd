// Everything on one page, for paper.

import { el, button } from '../dom.js';
import { t } from '../i18n.js';
import { date } from '../format.js';
import { to } from '../flow.js';
import { today } from '../read.js';
import { back, told } from '../parts/common.js';
import { summary } from './answers.js';
import { body, fine, head } from './result.js';

/** The result with all answers. */
export function print({ interview }) {
  const decision = interview.decision();
  const title = t('print.title');
  return {
    title,
    node: el(
      'div',
      { class: 'print-view' },
      back(to(interview.name, 'result')),
      el(
        'p',
        { class: 'screen-only' },
        button(t('print.button'), () => window.print()),
      ),
      el('p', { class: 'caption' }, `${title}. ${t('print.made', { day: date(today()) })}`),
      el('p', { class: 'print-title' }, told(interview.form().title, interview.locale)),
      head(interview, decision),
      body(interview, decision),
      el('section', {}, el('h2', {}, t('answers.title')), summary(interview)),
      fine(interview, decision),
      el('p', { class: 'fine' }, t('footer.preliminary')),
    ),
  };
}
