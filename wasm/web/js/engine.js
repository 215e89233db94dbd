// The engine and the library: artefacts are loaded once and decided here, on the device.

import init, * as duly from '../package/index.js';

let ready;
let library;
let listed = [];
const loaded = new Map();

/** Loads the engine and the list of policies. */
export async function start() {
  ready ??= init();
  library ??= fetch('library.json').then((r) => r.json());
  await ready;
  listed = (await library).policies;
}

/** The list of policies: `{ name, titles, locales }`. */
export async function policies() {
  await start();
  return listed;
}

/** The policies of a country that an earlier grant can be of, as options; all where no country is named. */
export function options(country, language) {
  const wanted = listed.filter((p) => !country || p.name.startsWith(`${country}.`));
  return wanted.map(({ name, titles, locales }) => ({ value: name, text: titles[language] ?? titles[locales[0]] }));
}

/** A policy by its name; `undefined` where the library has none. */
export async function load(name) {
  const known = (await policies()).find((p) => p.name === name);
  if (!known) return undefined;
  if (!loaded.has(name)) loaded.set(name, fetchPolicy(name));
  return loaded.get(name);
}

async function fetchPolicy(name) {
  const response = await fetch(`policies/${name}.dulyc`);
  return new duly.Policy(new Uint8Array(await response.arrayBuffer()));
}

/** Every policy of the library, or of one country. */
export async function loadAll(country) {
  const wanted = (await policies()).filter((p) => !country || p.name.startsWith(`${country}.`));
  return Promise.all(wanted.map((p) => load(p.name)));
}

/** The locale in which a policy speaks where one is wished for. */
export function localeIn(policy, wished) {
  return policy.locales.includes(wished) ? wished : policy.locales[0];
}

export const { screen } = duly;
