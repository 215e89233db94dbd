// The state of an interview: answers, what was left for later, papers. One per policy, and one for all together.

import { language } from './i18n.js';
import * as engine from './engine.js';
import * as claim from './claim.js';
import { today } from './read.js';
import { forAnyone, formOfAll, screening } from './screening.js';

/** The interview about all policies at once. */
export const ALL = 'all';
/** Is this the interview about all policies, or all of a country (`all.ru`)? */
export function isAll(name) {
  return name === ALL || name.startsWith(`${ALL}.`);
}

const KEPT = 'duly.interview.';
const open = new Map();

/** The interview about a policy, or about all; `undefined` where there is no such policy. */
export async function interview(name) {
  if (!open.has(name)) {
    const policies = isAll(name) ? await engine.loadAll(name.slice(ALL.length + 1)) : [await engine.load(name)];
    if (!policies[0]) return undefined;
    open.set(name, new Interview(name, policies));
  }
  return open.get(name);
}

/** Forgets every answer of every interview. */
export function forgetAll() {
  open.clear();
  storage((s) =>
    Object.keys(s)
      .filter((k) => k.startsWith(KEPT))
      .forEach((k) => s.removeItem(k)),
  );
}

/** Are there answers to anything? */
export function anyAnswers() {
  return (
    [...open.values()].some((i) => i.begun) || storage((s) => Object.keys(s).some((k) => k.startsWith(KEPT))) === true
  );
}

function storage(use) {
  try {
    return use(sessionStorage);
  } catch {
    return undefined; // Without storage the answers live as long as the page.
  }
}

class Interview {
  constructor(name, policies) {
    this.name = name;
    this.policies = policies;
    this.forAnyone = forAnyone(policies);
    this.version = 0;
    this.reset();
    this.restore();
  }

  get isAll() {
    return isAll(this.name);
  }

  /** The locale of the policy's texts. */
  get locale() {
    return this.isAll ? language() : engine.localeIn(this.policies[0], language());
  }

  get begun() {
    return this.facts.size > 0 || this.skipped.size > 0 || this.documents !== undefined;
  }

  /** What the policy asks for, in the present language. */
  form() {
    if (this.formLocale !== language()) {
      this.formLocale = language();
      const form = this.isAll ? formOfAll(this.policies) : this.policies[0].facts({ locale: this.locale });
      this.formNow = { ...form, facts: form.facts.map((f) => (f.fact === 'history' ? this.history(f) : f)) };
    }
    return this.formNow;
  }

  /** Earlier grants are told by the names of services. */
  history(fact) {
    const country = this.isAll ? this.name.slice(ALL.length + 1) : this.name.split('.')[0];
    const options = engine.options(country, language());
    const named = (f) => (f.fact === 'policy' ? { ...f, type: 'choice', options, lang: language() } : f);
    return { ...fact, fields: fact.fields.map(named) };
  }

  /** The specification of a fact. */
  fact(path) {
    return this.form().facts.find((f) => f.fact === path);
  }

  /** The decision on what is known; for all policies their screening. */
  decision() {
    const key = `${language()} ${this.version}`;
    if (this.decidedFor !== key) {
      this.decided = this.decide(this.facts, this.documents);
      this.decidedFor = key;
    }
    return this.decided;
  }

  /** Of a screening what one can be entitled to, or not: not what is for anyone. */
  benefits() {
    return this.decision().policies.filter((p) => !this.isForAnyone(p));
  }

  isForAnyone({ policy, eligibility }) {
    return eligibility === 'eligible' && this.forAnyone.has(policy);
  }

  /** Decides on other answers than the present ones; throws where they do not fit. */
  decide(facts, documents) {
    return this.evaluate(claim.application(facts, documents));
  }

  evaluate(told) {
    return this.isAll ? screening(this.policies, told) : this.policies[0].decide(told, { locale: this.locale });
  }

  /** The questions that still come: not those left for later, nor lists of which a part is not known. */
  pending() {
    return this.decision().questions.filter((q) => !this.isVisited(q.fact));
  }

  isVisited(path) {
    return this.skipped.has(path) || this.facts.has(path);
  }

  /** Is there nothing left to hope or fear: is the claim refused, or each of all policies settled? */
  get isSettled() {
    const { outcome, policies } = this.decision();
    return this.isAll ? policies.every((p) => p.eligibility !== 'unknown') : outcome === 'refused';
  }

  /** Is that news to the person? */
  get isNews() {
    return this.isSettled && !this.seen;
  }

  /** The questions left for later that still matter. */
  leftOpen() {
    return this.decision().questions.filter((q) => this.isVisited(q.fact));
  }

  /** Takes an answer; throws, and takes nothing, where the engine refuses it. */
  answer(path, value) {
    const facts = new Map(this.facts).set(path, value);
    this.decide(facts, this.documents);
    this.facts = facts;
    this.skipped.delete(path);
    this.visit(path);
  }

  /** Remembers that a fact is not known now. */
  skip(path) {
    this.facts.delete(path);
    this.skipped.add(path);
    this.visit(path);
  }

  visit(path) {
    if (!this.asked.includes(path)) this.asked.push(path);
    this.changed();
  }

  /** The papers, as they are now. */
  setDocuments(documents) {
    this.documents = documents;
    this.changed();
  }

  /** Takes the answers of a claim file; throws where they do not fit. */
  openClaim(told) {
    this.evaluate({ ...told, today: today() });
    this.reset();
    this.facts = claim.answers(told, this.form());
    this.asked = [...this.facts.keys()];
    this.documents = told.documents;
    this.changed();
  }

  /** Takes over the answers of another interview that this one asks for too. */
  takeOver(other) {
    for (const [key, value] of other.facts) {
      const path = key.replace(`@${this.name}`, '');
      const [mine, theirs] = [this.fact(path), other.fact(key)];
      if (!mine || mine.type !== theirs?.type || this.facts.has(path)) continue;
      try {
        this.answer(path, value);
      } catch {
        // The other policy means something else by this name: it is asked anew.
      }
    }
  }

  clear() {
    this.reset();
    this.changed();
  }

  reset() {
    this.facts = new Map();
    this.skipped = new Set();
    this.asked = [];
    this.documents = undefined;
    this.drafts = new Map();
    this.version += 1;
  }

  /** After a change everything is decided anew, and kept for a reload of the page. */
  changed() {
    this.version += 1;
    if (!this.isSettled) this.seen = false;
    if (!this.begun) return void storage((s) => s.removeItem(KEPT + this.name));
    const { facts, skipped, asked, documents } = this;
    const state = { facts: [...facts], skipped: [...skipped], asked, documents };
    storage((s) => s.setItem(KEPT + this.name, JSON.stringify(state)));
  }

  restore() {
    const text = storage((s) => s.getItem(KEPT + this.name));
    if (!text) return;
    try {
      const { facts, skipped, asked, documents } = JSON.parse(text);
      this.decide(new Map(facts), documents);
      Object.assign(this, { facts: new Map(facts), skipped: new Set(skipped), asked, documents });
      this.changed();
    } catch {
      // What an earlier version of the policy kept no longer fits: the interview begins anew.
    }
  }
}
