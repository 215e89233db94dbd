// Screens of a few sentences.

import { el, button, link } from '../dom.js';
import { t } from '../i18n.js';
import { forgetAll } from '../interview.js';
import { back } from '../parts/common.js';

/** Asks before all answers are thrown away. */
export function clear({ go }) {
  const sure = () => {
    forgetAll();
    go('#/', t('cleared'));
  };
  return {
    title: t('clear.title'),
    node: el(
      'div',
      {},
      back('#/'),
      el('h1', {}, t('clear.title')),
      el('p', {}, t('clear.text')),
      el('p', { class: 'actions' }, button(t('clear.yes'), sure, { class: 'button warn' }), link('#/', t('clear.no'))),
    ),
  };
}

/** There is nothing at this address. */
export function notFound() {
  return {
    title: t('notfound.title'),
    node: el(
      'div',
      {},
      el('h1', {}, t('notfound.title')),
      el('p', {}, t('notfound.text')),
      el('p', {}, link('#/', t('home'))),
    ),
  };
}

/** Something failed that should not. */
export function broken() {
  return {
    title: t('broken.title'),
    node: el(
      'div',
      {},
      el('h1', {}, t('broken.title')),
      el('p', {}, t('broken.text')),
      el('p', {}, link('#/clear', t('clear'))),
    ),
  };
}
