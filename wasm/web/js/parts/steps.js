// What can be done after a result, as a list of links and buttons.

import { el } from '../dom.js';
import { t } from '../i18n.js';

export function nextSteps(steps) {
  return el(
    'section',
    { class: 'screen-only' },
    el('h2', {}, t('next')),
    el(
      'ul',
      { class: 'steps' },
      steps.map((s) => el('li', {}, s)),
    ),
  );
}
