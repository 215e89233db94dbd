// All policies on one set of facts, as the engine screens them.

import { language } from './i18n.js';
import { localeIn, screen } from './engine.js';
import { today } from './read.js';

const CHANNEL = 'filing.channel';

/** The screening of a claim; every policy, question and document knows the locale it is written in. */
export function screening(policies, claim) {
  const told = screened(policies, claim);
  const locales = new Map(policies.map((p) => [p.name, localeIn(p, told.locale)]));
  const written = (item, policy) => ({ ...item, locale: locales.get(policy) });
  const found = told.policies.map((p) => written(p, p.policy));
  const questions = told.questions.map((q) => written({ ...q, fact: keyOf(q.fact, q.policies[0]) }, q.policies[0]));
  return {
    policies: found,
    questions: decidingFirst(questions, found),
    documents: told.documents.map((d) => written(d, d.for[0].policy)),
  };
}

/** The policies that refuse nobody: entitled before anything is told. */
export function forAnyone(policies) {
  const { policies: found } = screened(policies, { today: today() });
  return new Set(found.filter((p) => p.eligibility === 'eligible').map((p) => p.policy));
}

function screened(policies, claim) {
  const isSpoken = policies.some((p) => p.locales.includes(language()));
  return screen(policies, claim, isSpoken ? { locale: language() } : {});
}

/** What decides who is entitled comes before what only amounts and papers need. */
function decidingFirst(questions, policies) {
  const open = new Set(policies.filter((p) => p.eligibility === 'unknown').map((p) => p.policy));
  const decides = (q) => q.policies.some((p) => open.has(p));
  return [...questions.filter(decides), ...questions.filter((q) => !decides(q))];
}

/** The way of filing is told for each policy by itself: `filing.channel@ru.hearing_aid.compensation`. */
function keyOf(fact, policy) {
  return fact === CHANNEL ? `${fact}@${policy}` : fact;
}

/** One form of the facts of all policies. */
export function formOfAll(policies) {
  const facts = new Map();
  for (const policy of policies) {
    const locale = localeIn(policy, language());
    const form = policy.facts({ locale });
    for (const fact of form.facts) {
      const key = keyOf(fact.fact, policy.name);
      const about = fact.fact === CHANNEL ? { title: form.title } : {};
      const own = { ...fact, ...about, fact: key, locale, policies: [policy.name] };
      facts.set(key, facts.has(key) ? join(facts.get(key), own) : own);
    }
  }
  return { policy: 'all', facts: [...facts.values()], documents: [], outputs: [], sources: [] };
}

/** One fact of two policies: what either can be told. */
function join(one, other) {
  const [first, second] = other.locale === language() && one.locale !== language() ? [other, one] : [one, other];
  return {
    ...first,
    unit: one.unit === other.unit ? one.unit : null, // of two currencies neither is right
    may_be_none: one.may_be_none || other.may_be_none,
    options: union(first.options, second.options, 'value'),
    fields: union(first.fields, second.fields, 'fact', join),
    policies: [...(one.policies ?? []), ...(other.policies ?? [])],
  };
}

function union(some, more, key, merge = (a) => a) {
  const all = new Map(some.map((item) => [item[key], item]));
  for (const item of more) all.set(item[key], all.has(item[key]) ? merge(all.get(item[key]), item) : item);
  return [...all.values()];
}
