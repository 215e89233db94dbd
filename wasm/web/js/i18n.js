// The language of the interface, and its words.

import en from './words/en.js';
import ru from './words/ru.js';
import uk from './words/uk.js';

const WORDS = { ru, uk, en };
const KEPT = 'duly.language';

/** The languages, each by its own name. */
export const LANGUAGES = [
  ['ru', 'Русский'],
  ['uk', 'Українська'],
  ['en', 'English'],
];

let current = first();

function first() {
  const wished = [kept(), ...navigator.languages.map((l) => l.slice(0, 2))];
  return wished.find((l) => l in WORDS) ?? 'en';
}

function kept() {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** The language in use. */
export function language() {
  return current;
}

/** Takes another language. */
export function speak(language) {
  current = language;
  document.documentElement.lang = language;
  try {
    sessionStorage.setItem(KEPT, language);
  } catch {
    // Without storage the choice lasts until the page is left.
  }
}

/** The words under a key, with `{name}` filled in; of plural forms the one that `n` asks for. */
export function t(key, values = {}) {
  const found = WORDS[current][key] ?? WORDS.en[key];
  if (found === undefined) return key;
  const text = typeof found === 'string' ? found : plural(found, values.n);
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Are there words under this key? */
export function has(key) {
  return key in WORDS[current];
}

function plural(forms, n) {
  return forms[new Intl.PluralRules(current).select(Number(n))] ?? forms.other ?? forms.many;
}

/** Of texts per locale the one that fits best. */
export function best(texts, locales) {
  return texts[current] ?? texts[locales[0]] ?? Object.values(texts)[0];
}
