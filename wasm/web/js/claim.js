// A claim: answers by dotted paths, written and read as the nested JSON that `duly decide` takes.

import { download } from './dom.js';
import { today } from './read.js';

/** The application that answers make. */
export function application(facts, documents) {
  const root = { today: today() };
  for (const [path, value] of facts) put(root, keysOf(path), value);
  if (documents !== undefined) root.documents = documents.map(submitted);
  return root;
}

/** The keys to a fact; what is told for one policy alone stands under its name: `fact@policy`. */
function keysOf(path) {
  const [fact, policy] = path.split('@');
  return policy ? [...fact.split('.'), policy] : fact.split('.');
}

function put(record, keys, value) {
  const [first, ...rest] = keys;
  if (rest.length) put((record[first] ??= {}), rest, value);
  else record[first] = value;
}

/** A document as the claim tells it: the file's name is nobody's business. */
function submitted({ name, ...told }) {
  return told;
}

/** Saves the claim as a file. */
export function save(policy, facts, documents) {
  const text = JSON.stringify(application(facts, documents), null, 2);
  download(`${policy}.claim.json`, 'application/json', `${text}\n`);
}

/** Reads a claim file; numbers become texts, so that no digit is lost. Throws where it is no JSON record. */
export function parse(text) {
  const exact = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
  JSON.parse(text);
  const claim = JSON.parse(exact);
  if (claim === null || typeof claim !== 'object' || Array.isArray(claim)) throw new SyntaxError('no record');
  return claim;
}

/** The answers in a claim to the facts of a form. */
export function answers(claim, form) {
  const facts = new Map();
  for (const spec of form.facts) {
    const value = spec.fact.includes('@') ? ofPolicy(claim, spec) : find(claim, spec.fact.split('.'));
    if (value !== undefined && spec.fact !== 'today') facts.set(spec.fact, value);
  }
  return facts;
}

function find(claim, keys) {
  return keys.reduce((record, key) => record?.[key], claim);
}

/** What is told for a policy by its name, or for all that have such an option. */
function ofPolicy(claim, { fact, options }) {
  const forAll = find(claim, fact.split('@')[0].split('.'));
  if (typeof forAll !== 'string') return find(claim, keysOf(fact));
  return options.some((o) => o.value === forAll) ? forAll : undefined;
}
