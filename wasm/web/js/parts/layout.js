// What surrounds every screen: the name of the service, languages, the promise of privacy.

import { el, button, link } from '../dom.js';
import { LANGUAGES, language, t } from '../i18n.js';

/** Writes header and footer; `choose` is told the language that a person picks. */
export function surround(choose) {
  const skip = document.querySelector('.skip');
  skip.textContent = t('skip');
  skip.onclick = (event) => {
    event.preventDefault(); // the address names screens, not places on them
    document.getElementById('main').focus();
  };
  document
    .querySelector('header')
    .replaceChildren(
      el('div', { class: 'page bar' }, link('#/', t('service'), { class: 'service' }), languages(choose)),
    );
  document
    .querySelector('footer')
    .replaceChildren(
      el(
        'div',
        { class: 'page' },
        el('p', { class: 'promise' }, t('footer.private')),
        el('p', {}, t('footer.kept')),
        el('p', {}, t('footer.preliminary')),
        el('p', {}, link('#/clear', t('clear'))),
      ),
    );
}

function languages(choose) {
  return el(
    'nav',
    { 'aria-label': t('language') },
    el(
      'ul',
      { class: 'languages' },
      LANGUAGES.map(([code, name]) =>
        el(
          'li',
          {},
          button(name, () => choose(code), {
            class: 'language',
            lang: code,
            'aria-pressed': String(code === language()),
            id: `language-${code}`,
          }),
        ),
      ),
    ),
  );
}
