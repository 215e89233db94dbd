// All answers, each with a way to change it.

import { el, button, link, unseen } from '../dom.js';
import { t } from '../i18n.js';
import { save } from '../claim.js';
import { capital, value } from '../format.js';
import { next, to } from '../flow.js';
import { nameOf } from '../controls/list.js';
import { back, told } from '../parts/common.js';

/** The list of answers. */
export function answers({ interview }) {
  const pending = interview.pending().length > 0;
  return {
    title: t('answers.title'),
    node: el(
      'div',
      {},
      back(interview.begun && !pending ? to(interview.name, 'result') : to(interview.name)),
      el('h1', {}, t('answers.title')),
      interview.begun ? summary(interview) : el('p', {}, t('answers.none')),
      el(
        'p',
        { class: 'actions' },
        link(next(interview), t('continue'), { class: 'button' }),
        button(t('next.save'), () => save(interview.name, interview.facts, interview.documents), {
          class: 'button second',
        }),
      ),
    ),
  };
}

/** Question, answer, change; also for the print view. */
export function summary(interview) {
  return el(
    'dl',
    { class: 'summary answers' },
    interview.asked
      .filter((path) => interview.fact(path))
      .map((path) => {
        const spec = interview.fact(path);
        const locale = spec.locale ?? interview.locale;
        return el(
          'div',
          {},
          el(
            'dt',
            {},
            told(spec.text, locale),
            spec.title ? el('p', { class: 'hint' }, told(spec.title, locale)) : null,
          ),
          el(
            'dd',
            { class: 'answer' },
            interview.skipped.has(path)
              ? el('em', {}, t('answers.skipped'))
              : told(shown(spec, interview.facts.get(path)), locale),
          ),
          el(
            'dd',
            { class: 'screen-only' },
            link(to(interview.name, 'question', path, 'answers'), [t('change'), unseen(`: ${spec.text}`)]),
          ),
        );
      }),
  );
}

function shown(spec, answer) {
  if (spec.type !== 'list' || !answer?.length) return capital(value(spec, answer));
  return el(
    'ul',
    {},
    answer.map((row) =>
      el(
        'li',
        {},
        spec.fields
          .filter((f) => row[f.fact] !== undefined)
          .map((f) => `${capital(nameOf(f))}: ${value(f, row[f.fact])}`)
          .join('; '),
      ),
    ),
  );
}
