// Values as the language of the interface writes them.

import { language, has, t } from './i18n.js';

/** A day: 14 March 2025. */
export function date(iso, style = { day: 'numeric', month: 'long', year: 'numeric' }) {
  const day = new Date(`${iso}T00:00:00Z`);
  // “2025 г.” would end a sentence twice.
  return new Intl.DateTimeFormat(locale(), { ...style, timeZone: 'UTC' }).format(day).replace(/\s[гр]\.$/, '');
}

/** The weekday of a day. */
export function weekday(iso) {
  return date(iso, { weekday: 'long' });
}

/** An exact decimal, with the language's marks. */
export function number(text) {
  const [whole, decimals] = String(text).replace('-', '−').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, language() === 'en' ? ',' : '\u00a0');
  return decimals === undefined ? grouped : `${grouped}${language() === 'en' ? '.' : ','}${decimals}`;
}

const SIGNS = { RUB: '₽', UAH: '₴', EUR: '€', USD: '$' };

/** How a currency is shown beside an amount. */
export function currencySign(currency) {
  return SIGNS[currency] ?? currency ?? '';
}

/** An amount; whole kopecks are always written. */
export function money(text, currency) {
  const [whole, decimals = ''] = String(text).split('.');
  return `${number(`${whole}.${decimals.padEnd(2, '0')}`)}\u00a0${currencySign(currency)}`.trim();
}

/** A unit as the language writes it. */
export function unit(name) {
  return has(`unit.${name}`) ? t(`unit.${name}`) : name;
}

/** Megabytes, to two decimals: only for the eye. */
export function size(mb) {
  const rounded = Number(mb) < 0.01 ? '0.01' : String(Math.round(Number(mb) * 100) / 100);
  return `${number(rounded)}\u00a0${unit('MB')}`;
}

/** A value of a fact, of any type. */
export function value(spec, plain) {
  if (plain === undefined) return t('value.unknown');
  if (plain === null) return t('value.none');
  switch (spec?.type) {
    case 'yes_no':
      return String(plain) === 'true' ? t('yes') : t('no');
    case 'date':
      return date(plain);
    case 'money':
      return money(plain, spec.unit);
    case 'percent':
      return `${number(plain)}\u00a0%`;
    case 'number':
      return spec.unit ? `${number(plain)}\u00a0${spec.unit_text ?? unit(spec.unit)}` : number(plain);
    case 'integer':
      return String(plain);
    case 'period':
      return period(plain);
    case 'choice':
      return option(spec, plain);
    case 'choices':
      return several(spec, plain);
    case 'list':
      return plain.length ? t('list.count', { n: plain.length }) : t('value.empty_list');
    default:
      return guess(plain);
  }
}

function option(spec, plain) {
  return spec.options.find((o) => o.value === plain)?.text ?? plain;
}

function several(spec, plain) {
  const chosen = Array.isArray(plain) ? plain : String(plain).split(', ').filter(Boolean);
  return chosen.length ? chosen.map((c) => option(spec, c)).join(', ') : t('value.empty_list');
}

function period(plain) {
  const [count, ...name] = plain.split(' ');
  const key = `period.${name.join('_').replace(/s$/, '')}`;
  return has(key) ? t(key, { n: count }) : plain;
}

function guess(plain) {
  if (plain === 'true' || plain === true) return t('yes');
  if (plain === 'false' || plain === false) return t('no');
  if (Array.isArray(plain)) return plain.map(guess).join(', ');
  return /^\d{4}-\d\d-\d\d$/.test(plain) ? date(plain) : String(plain);
}

function locale() {
  return { en: 'en-GB', ru: 'ru-RU', uk: 'uk-UA' }[language()];
}

/** A name of the policy's as words, where nobody gave it a label: `valid_until` → Valid until. */
export function humanise(name) {
  const words = name.split('.').pop().replace(/_/g, ' ');
  return capital(words);
}

/** With a capital letter in front. */
export function capital(text) {
  return text ? text[0].toLocaleUpperCase(language()) + text.slice(1) : text;
}
