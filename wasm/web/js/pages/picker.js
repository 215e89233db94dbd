// All policies of the library.

import { el, link, unseen } from '../dom.js';
import { best, language, t } from '../i18n.js';
import { policies } from '../engine.js';
import { ALL, interview } from '../interview.js';
import { to } from '../flow.js';
import { tag, told } from '../parts/common.js';

/** The list of services, by country. */
export async function picker() {
  const all = await policies();
  const countries = Map.groupBy ? Map.groupBy(all, country) : grouped(all);
  const sections = [];
  for (const [code, some] of countries) sections.push(await section(code, some));
  return {
    title: t('picker.title'),
    node: el(
      'div',
      {},
      el('h1', {}, t('picker.title')),
      el('p', { class: 'lead' }, t('picker.lead')),
      together(),
      sections,
    ),
  };
}

function grouped(all) {
  const groups = new Map();
  for (const policy of all) groups.set(country(policy), [...(groups.get(country(policy)) ?? []), policy]);
  return groups;
}

/** The first part of a name is its country's code. */
function country({ name }) {
  return name.split('.')[0];
}

function together() {
  return el(
    'div',
    { class: 'panel' },
    el('h2', {}, t('picker.all')),
    el('p', {}, t('picker.all.text')),
    el('p', {}, link(to(ALL), t('picker.all.link'))),
  );
}

async function section(code, some) {
  const items = await Promise.all(some.map(item));
  const name = countryName(code);
  return el(
    'section',
    {},
    el('h2', {}, name),
    el('ul', { class: 'services' }, items),
    some.length > 1 ? el('p', {}, link(to(`${ALL}.${code}`), [t('picker.country'), unseen(`: ${name}`)])) : null,
  );
}

async function item({ name, titles, locales }) {
  const locale = locales.includes(language()) ? language() : locales[0];
  const kept = sessionStorageHas(name) && (await interview(name)).begun;
  return el(
    'li',
    {},
    link(to(name), told(best(titles, locales), locale)),
    kept ? [' ', tag(t('picker.begun'), 'open')] : null,
  );
}

function sessionStorageHas(name) {
  try {
    return sessionStorage.getItem(`duly.interview.${name}`) !== null;
  } catch {
    return false;
  }
}

/** A region's name in the language of the page; a code that is none stays among the others. */
function countryName(code) {
  try {
    return (
      new Intl.DisplayNames([language()], { type: 'region', fallback: 'none' }).of(code.toUpperCase()) ??
      t('picker.other')
    );
  } catch {
    return t('picker.other');
  }
}
