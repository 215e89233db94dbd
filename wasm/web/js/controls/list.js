// A list: entries that can be added, changed and removed. Unfinished ones are kept in a draft,
// so that another language or a look elsewhere loses nothing.

import { el, button, unseen } from '../dom.js';
import { t } from '../i18n.js';
import { humanise, value as written } from '../format.js';
import { control } from './index.js';
import { complain, group } from './frame.js';

/** The entries of a list, and the form of one of them. */
export function list(spec, value, style) {
  const draft = style.draft ?? {};
  draft.rows ??= (value ?? []).map((row) => ({ ...flat(row) }));
  const body = el('div', { class: 'entries' });
  const node = group({ ...spec, hint: t('hint.list') }, style, body);
  const state = { spec, style, draft, body, node };
  show(state);
  return { node, read: () => read(state) };
}

function show(state, focus) {
  const { draft, body } = state;
  state.editor = undefined;
  const rows = draft.rows.map((row, n) => (n === draft.at ? editor(state, row) : entry(state, row, n)));
  const adding = draft.at === draft.rows.length ? editor(state, {}) : null;
  const add =
    draft.at === undefined
      ? button(t(draft.rows.length ? 'list.add_another' : 'list.add'), () => edit(state, draft.rows.length), {
          class: 'button second',
        })
      : null;
  body.replaceChildren(
    ...[
      draft.rows.length || adding ? null : el('p', { class: 'quiet-text' }, t('list.nothing')),
      ...rows,
      adding,
      add,
    ].filter(Boolean),
  );
  body.dispatchEvent(
    new CustomEvent('listchange', { bubbles: true, detail: { empty: !draft.rows.length && draft.at === undefined } }),
  );
  if (focus) body.querySelector(focus)?.focus();
}

function edit(state, at) {
  state.draft.at = at;
  show(state, '.editor input, .editor select');
}

/** An entry as it reads. */
function entry(state, row, n) {
  const { spec, draft } = state;
  const shown = spec.fields.map((field) =>
    el(
      'div',
      {},
      el('dt', { lang: field.lang ?? spec.lang }, nameOf(field)),
      el('dd', {}, written(field, row[field.fact])),
    ),
  );
  const number = unseen(` – ${t('list.entry', { n: n + 1 })}`);
  return el(
    'div',
    { class: 'entry' },
    el('h2', {}, t('list.entry', { n: n + 1 })),
    el('dl', {}, shown),
    el(
      'p',
      { class: 'actions' },
      button([t('change'), number.cloneNode(true)], () => edit(state, n), { class: 'quiet' }),
      button(
        [t('list.remove'), number],
        () => {
          draft.rows.splice(n, 1);
          draft.at = undefined;
          show(state, 'button');
        },
        { class: 'quiet' },
      ),
    ),
  );
}

/** The form of one entry. */
function editor(state, row) {
  const { spec, style, draft } = state;
  const fields = spec.fields.map((field) => ({
    field,
    made: control(fieldSpec(field), row[field.fact], { optional: true, lang: field.lang ?? style.lang }),
  }));
  const title = t('list.entry', { n: draft.at + 1 });
  const node = el(
    'div',
    { class: 'editor', role: 'group', 'aria-label': title },
    el('h2', {}, title),
    fields.map((f) => f.made.node),
    el(
      'p',
      { class: 'actions' },
      button(t('list.keep'), () => keep(state)),
      button(
        t('list.cancel'),
        () => {
          draft.at = undefined;
          show(state, 'button');
        },
        { class: 'quiet' },
      ),
    ),
  );
  state.editor = { node, fields };
  return node;
}

/** What counts as none where it is left out need not be ticked. */
function fieldSpec(field) {
  return { ...field, text: nameOf(field), may_be_none: field.may_be_none && field.default === undefined };
}

/** Takes the entry that is being written; gives its problems. */
function keep(state) {
  const read = state.editor.fields.map(({ field, made }) => ({ field, ...made.read() }));
  const problems = read.flatMap((r) => r.problems ?? []);
  if (!problems.length && read.every((r) => r.value === undefined)) {
    problems.push({ id: firstId(state), text: t('error.empty_entry') });
  }
  complain(state.node, problems);
  if (problems.length) {
    state.node.querySelector('[aria-invalid]')?.focus();
    return problems;
  }
  state.draft.rows[state.draft.at] = Object.fromEntries(
    read.filter((r) => r.value !== undefined).map((r) => [r.field.fact, r.value]),
  );
  state.draft.at = undefined;
  show(state, '.entries > button');
  return [];
}

function firstId(state) {
  return state.editor.node.querySelector('[data-field]').dataset.field;
}

function read(state) {
  const problems = state.editor ? keep(state) : [];
  return problems.length ? { problems } : { value: state.draft.rows.map(nested) };
}

/** What a field of an entry is called. */
export function nameOf(field) {
  const told = field.text && field.text !== field.fact ? field.text : field.label;
  if (told) return told;
  const key = `field.${field.fact.split('.').pop()}`;
  return t(key) === key ? humanise(field.fact) : t(key);
}

/** Fields of an entry by their dotted paths, and back. */
function flat(row, stem = '') {
  return Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.entries(flat(value, `${stem}${key}.`))
        : [[stem + key, value]],
    ),
  );
}

function nested(row) {
  const out = {};
  for (const [path, value] of Object.entries(row)) {
    const keys = path.split('.');
    const last = keys.pop();
    keys.reduce((record, key) => (record[key] ??= {}), out)[last] = value;
  }
  return out;
}
