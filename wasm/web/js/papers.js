// Documents as a person has them: files by format and size, paper, and what only a look at them can tell.

import { formatOf, megabytes } from './read.js';
import { capital, size } from './format.js';
import { t } from './i18n.js';

/** Where a document tells what a defect complains of. */
const TOLD_IN = {
  low_resolution: 'resolution',
  illegible: 'legible',
  not_original: 'original',
  not_signed: 'signed',
  not_sealed: 'sealed',
  too_old: 'issued',
  issued_later: 'issued',
  expired: 'expires',
};
const DETAILS = {
  legible: 'yes_no',
  original: 'yes_no',
  signed: 'yes_no',
  sealed: 'yes_no',
  issued: 'date',
  expires: 'date',
  resolution: 'number',
};

/** Adds a file in place of what was there of its kind. */
export function addFile(interview, kind, file) {
  add(interview, { kind, format: formatOf(file) || null, size: megabytes(file.size), name: file.name });
}

/** Adds a document that is there on paper. */
export function addPaper(interview, kind) {
  add(interview, { kind, format: null });
}

/** What a person told of a document by looking at it lasts when the file is replaced. */
function add(interview, document) {
  const { name, format, size: _, ...before } = find(interview, document.kind) ?? {};
  change(interview, document.kind, [{ ...before, ...document }]);
}

/** Takes a document away. */
export function remove(interview, kind) {
  change(interview, kind, []);
}

/** Tells the details of a document. */
export function tell(interview, kind, details) {
  const { name, format, size: mb } = find(interview, kind) ?? {};
  const kept = Object.fromEntries(Object.entries({ kind, format, size: mb, name }).filter(([, v]) => v !== undefined));
  change(interview, kind, [{ ...kept, ...details }]);
}

function change(interview, kind, now) {
  const all = [...(interview.documents ?? []).filter((d) => d.kind !== kind), ...now];
  interview.setDocuments(all.length ? all : undefined); // as long as nothing is there, nothing is missing
}

/** What was submitted of a kind. */
export function find(interview, kind) {
  return interview.documents?.find((d) => d.kind === kind);
}

/** The details that matter to a document: what the engine misses, and what was told already. */
export function details(interview, decided) {
  const document = find(interview, decided.kind) ?? {};
  const form = formOf(interview, decided.kind);
  const keys = new Set([...decided.defects.map((d) => TOLD_IN[d.code]), ...Object.keys(document)]);
  const own = Object.keys(DETAILS)
    .filter((key) => keys.has(key))
    .map((key) => ({
      fact: key,
      type: DETAILS[key],
      unit: null,
      options: [],
      may_be_none: false,
      text: t(`detail.${key}`),
      value: document[key],
    }));
  const named = new Set([...decided.defects.map((d) => d.field), ...Object.keys(document.fields ?? {})]);
  const fields = (form?.fields ?? [])
    .filter((f) => named.has(f.fact))
    .map((f) => ({
      ...f,
      may_be_none: false,
      isField: true,
      value: document.fields?.[f.fact] ?? undefined,
    }));
  return [...own, ...fields];
}

/** What a defect says, parted into what is wrong for certain and what is only not told yet. */
export function judge(interview, decided) {
  const document = find(interview, decided.kind) ?? {};
  const isTold = ({ code, field }) => {
    if (field) return document.fields?.[field] !== undefined;
    return TOLD_IN[code] === undefined || document[TOLD_IN[code]] !== undefined;
  };
  return { wrong: decided.defects.filter(isTold), untold: decided.defects.filter((d) => !isTold(d)) };
}

/** The state that a person sees. */
export function stateOf(interview, decided) {
  if (decided.status !== 'defective') return decided.status;
  return judge(interview, decided).wrong.length ? 'defective' : 'to_confirm';
}

export function formOf(interview, kind) {
  return interview.form().documents.find((d) => d.kind === kind);
}

/** What is asked of a file: formats, size, resolution – by the way of filing that was chosen. */
export function demands(interview, kind) {
  const channel = interview.facts.get('filing.channel') ?? null;
  const asked = formOf(interview, kind)?.accepts.find((a) => a.channel === channel);
  if (!asked) return '';
  const parts = [];
  if (asked.formats.length) parts.push(t('document.formats', { formats: asked.formats.join(', ') }));
  if (asked.megabytes) parts.push(t('document.size', { size: size(asked.megabytes) }));
  if (asked.dpi) parts.push(t('document.dpi', { n: asked.dpi }));
  return capital(parts.join(', '));
}

/** Documents by their need, in the order in which a person should see them. */
export function sorted(documents) {
  const needs = new Map();
  for (const document of documents) {
    const list = needs.get(document.need) ?? [];
    needs.set(document.need, [...list, document]);
  }
  const rank = (need) => ['required', 'one_of', 'unknown', 'optional', 'not_required'].indexOf(need.split(':')[0]);
  return [...needs].sort(([a], [b]) => rank(a) - rank(b));
}

/** The heading of a need. */
export function needTitle(need) {
  return t(
    {
      required: 'documents.needed',
      one_of: 'documents.one_of',
      unknown: 'documents.perhaps',
      optional: 'documents.optional',
      not_required: 'documents.not_required',
    }[need.split(':')[0]],
  );
}

/** How many of the needed documents are in order; of a group one is enough. */
export function count(documents) {
  const needed = sorted(documents).filter(([need]) => need === 'required' || need.startsWith('one_of:'));
  const units = needed.flatMap(([need, some]) => (need === 'required' ? some.map((d) => [d]) : [some]));
  return { n: units.length, done: units.filter((u) => u.some((d) => d.status === 'accepted')).length };
}
