// The first screen: what this is, all services at once, or one of them.

import { el, link } from '../dom.js';
import { best, language, t } from '../i18n.js';
import { localeIn, policies } from '../engine.js';
import { ALL, interview } from '../interview.js';
import { to } from '../flow.js';
import { tag, told } from '../parts/common.js';

/** All services, and each by its country. */
export async function picker() {
  const countries = byCountry(await policies());
  const sections = await Promise.all(countries.map(section));
  return {
    title: t('picker.title'),
    node: el(
      'div',
      {},
      el('h1', {}, t('picker.title')),
      el('p', { class: 'lead' }, t('picker.lead')),
      together(countries.map(([code]) => code)),
      el('h2', {}, t('picker.one')),
      sections,
    ),
  };
}

/** Countries and their policies; those that speak the language of the page come first. */
function byCountry(all) {
  const groups = new Map();
  for (const policy of all) groups.set(country(policy), [...(groups.get(country(policy)) ?? []), policy]);
  const isForeign = ([, some]) => !some.some((p) => p.locales.includes(language()));
  return [...groups].sort((a, b) => isForeign(a) - isForeign(b));
}

/** The first part of a name is its country's code. */
function country({ name }) {
  return name.split('.')[0];
}

function together(codes) {
  const whole = (code) =>
    link(to(`${ALL}.${code}`), t('picker.all.of', { country: countryName(code) }), { class: 'button' });
  return el(
    'div',
    { class: 'panel' },
    el('h2', {}, t('picker.all')),
    el('p', {}, t('picker.all.text')),
    el('p', { class: 'actions' }, codes.map(whole)),
    codes.length > 1 ? el('p', {}, link(to(ALL), t('picker.all.everywhere'))) : null,
  );
}

async function section([code, some]) {
  const items = await Promise.all(some.map(item));
  return el('section', {}, el('h3', {}, countryName(code)), el('ul', { class: 'services' }, items));
}

async function item(policy) {
  const { name, titles, locales } = policy;
  const kept = sessionStorageHas(name) && (await interview(name)).begun;
  return el(
    'li',
    {},
    link(to(name), told(best(titles, locales), localeIn(policy, language()))),
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
