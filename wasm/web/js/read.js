// Reading what people type: exact decimals and days that exist.

const BLANKS = /[\s\u00a0\u202f\u2009'’]/g;

/** Reads a decimal with comma or point; `{ value }` is its exact plain text, `{ error }` the key of a complaint. */
export function readNumber(text, type) {
  const plain = text
    .replace(BLANKS, '')
    .replace(/^[−–]/, '-')
    .replace(/(₽|₴|%|руб\.?|грн\.?)$/i, '');
  if (plain === '') return { error: 'error.empty' };
  const pointed = unify(plain);
  if (!/^-?\d+(\.\d+)?$/.test(pointed)) return { error: 'error.number' };
  const [whole, decimals = ''] = pointed.split('.');
  if (type === 'integer' && /[1-9]/.test(decimals)) return { error: 'error.whole' };
  if (type === 'money' && decimals.length > 2) return { error: 'error.money' };
  if (whole.length + decimals.length > 28) return { error: 'error.long' };
  const value = type === 'integer' ? whole : pointed;
  return { value: value.replace(/^(-?)0+(?=\d)/, '$1') };
}

/** One decimal point; marks between thousands are taken out only where they cannot be anything else. */
function unify(text) {
  const marks = text.match(/[.,]/g) ?? [];
  if (marks.length < 2) return text.replace(',', '.');
  const last = marks[marks.length - 1];
  const rest = text.slice(0, text.lastIndexOf(last));
  const grouped = /^-?\d{1,3}([.,]\d{3})+$/;
  if (new Set(marks).size === 1) return grouped.test(text) ? text.replace(/[.,]/g, '') : text;
  const alike = new Set(rest.match(/[.,]/g)).size === 1 && !rest.includes(last);
  return alike && grouped.test(rest) ? `${rest.replace(/[.,]/g, '')}.${text.slice(text.lastIndexOf(last) + 1)}` : text;
}

/** Reads a day from its three fields; `part` tells which of them is wrong. */
export function readDate(day, month, year) {
  const [d, m, y] = [day, month, year].map((s) => s.trim());
  if (!d && !m && !y) return { error: 'error.empty', part: 'day' };
  for (const [part, text] of [
    ['day', d],
    ['month', m],
    ['year', y],
  ]) {
    if (!text) return { error: `error.no_${part}`, part };
    if (!/^\d+$/.test(text)) return { error: `error.${part}`, part };
  }
  if (y.length !== 4) return { error: 'error.year', part: 'year' };
  if (+m < 1 || +m > 12) return { error: 'error.month', part: 'month' };
  if (+d < 1 || +d > daysIn(+y, +m)) return { error: 'error.day_of_month', part: 'day' };
  return { value: `${y}-${m.slice(-2).padStart(2, '0')}-${d.slice(-2).padStart(2, '0')}` };
}

function daysIn(year, month) {
  const last = new Date(Date.UTC(2000, month, 0));
  last.setUTCFullYear(year, month, 0);
  return last.getUTCDate();
}

/** The local day, as a claim writes it. */
export function today() {
  const now = new Date();
  const two = (n) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A file's format by its name; its content stays unread. */
export function formatOf(file) {
  const dot = file.name.lastIndexOf('.');
  const ending = dot > 0 ? file.name.slice(dot + 1) : (file.type.split('/')[1] ?? '');
  const upper = ending.toUpperCase();
  return { JPEG: 'JPG', JPE: 'JPG', TIFF: 'TIF' }[upper] ?? upper;
}

/** Bytes as MB, every digit kept. */
export function megabytes(bytes) {
  const digits = String(bytes).padStart(7, '0');
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  return text.replace(/\.?0+$/, '');
}
