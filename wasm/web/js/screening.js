// All policies on one set of facts. The engine's `screen` is used where it is there.

import { language } from './i18n.js';
import { localeOf, screenTogether } from './engine.js';
import { application } from './claim.js';

/** `{ policies: [{ policy, title, outcome, eligibility, reasons, award, … }], questions, documents }`. */
export function screening(policies, facts) {
  if (screenTogether) return screenTogether(policies, application(facts), { locale: language() });
  const seen = policies.map((policy) => one(policy, facts));
  return { policies: seen, questions: joint(seen), documents: once(seen) };
}

function one(policy, facts) {
  const locale = localeOf(policy, language());
  const form = policy.facts({ locale });
  const own = new Map([...facts].filter(([path]) => form.facts.some((f) => f.fact === path)));
  try {
    return { ...policy.decide(application(own), { locale }), title: form.title, locale };
  } catch {
    return { ...policy.decide(application(new Map()), { locale }), title: form.title, locale };
  }
}

/** Questions asked by several policies come first; then as the policies ask them. */
function joint(seen) {
  const questions = new Map();
  for (const { eligibility, questions: asked, locale } of seen) {
    if (eligibility !== 'unknown') continue;
    asked.forEach((question, place) => {
      const known = questions.get(question.fact) ?? { question: { ...question, locale }, weight: 0 };
      known.weight += 1 + 1 / (place + 1);
      questions.set(question.fact, known);
    });
  }
  return [...questions.values()].sort((a, b) => b.weight - a.weight).map((q) => q.question);
}

/** The documents of all that is not ruled out, each once. */
function once(seen) {
  const documents = new Map();
  for (const { eligibility, documents: wanted } of seen) {
    if (eligibility === 'ineligible') continue;
    for (const document of wanted) if (!documents.has(document.title)) documents.set(document.title, document);
  }
  return [...documents.values()];
}

/** One form of the facts of all policies. */
export function formOfAll(policies) {
  const facts = new Map();
  for (const policy of policies) {
    const locale = localeOf(policy, language());
    for (const fact of policy.facts({ locale }).facts) {
      if (!facts.has(fact.fact) || locale === language()) facts.set(fact.fact, { ...fact, locale });
    }
  }
  return { policy: 'all', facts: [...facts.values()], documents: [], outputs: [], sources: [] };
}
