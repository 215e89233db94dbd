// Yes or no, one of several, any of several.

import { el } from '../dom.js';
import { capital } from '../format.js';
import { t } from '../i18n.js';
import { group, or, tick } from './frame.js';

const NONE = '-none-';
const UNKNOWN = '-unknown-';

/** One of the options; “none” and “I don't know” where they are allowed. */
export function choice(spec, value, style) {
  const options = spec.type === 'yes_no' ? yesNo() : spec.options.map((o) => worded(o, spec));
  const chosen = value === null ? NONE : value === undefined ? undefined : String(value);
  const radio = (option, n) =>
    tick('radio', {
      id: `${spec.id}-${n}`,
      name: spec.id,
      ...option,
      checked: option.value === chosen,
    });
  const ways = [];
  if (spec.may_be_none) ways.push(radio({ value: NONE, text: t('none.choice') }, 'none'));
  if (style.optional) ways.push(radio({ value: UNKNOWN, text: t('unknown') }, 'unknown'));
  const short = style.optional && spec.type === 'yes_no' && !spec.may_be_none;
  const body = short
    ? el('div', { class: 'beside' }, options.map(radio), ways)
    : [options.map(radio), ways.length ? or() : null, ways];
  const node = group(spec, style, body);
  return { node, read: () => readChoice(spec, node, style) };
}

/** An option as it stands alone on a line. */
function worded({ value, text }, { lang }) {
  return { value, text: capital(text), lang };
}

function yesNo() {
  return [
    { value: 'true', text: t('yes') },
    { value: 'false', text: t('no') },
  ];
}

function readChoice(spec, node, style) {
  const picked = node.querySelector('input:checked')?.value;
  if (picked === undefined && !style.optional) return { problems: [{ id: spec.id, text: t('error.choose') }] };
  if (picked === undefined || picked === UNKNOWN) return { value: undefined };
  if (picked === NONE) return { value: null };
  return { value: spec.type === 'yes_no' ? picked === 'true' : picked };
}

/** Any of the options; “none of these” takes the others back. */
export function choices(spec, value, style) {
  const isNone = value === null || (Array.isArray(value) && value.length === 0);
  const box = (option, n) =>
    tick('checkbox', {
      id: `${spec.id}-${n}`,
      name: spec.id,
      ...option,
      checked: value?.includes(option.value) ?? false,
    });
  const none = tick('checkbox', {
    id: `${spec.id}-none`,
    name: spec.id,
    value: NONE,
    text: t('none.choices'),
    checked: isNone,
    exclusive: true,
  });
  const node = group(
    { ...spec, hint: t('hint.choices') },
    style,
    spec.options.map((o, n) => box(worded(o, spec), n)),
    or(),
    none,
  );
  node.addEventListener('change', (event) => exclude(node, event.target));
  return { node, read: () => readChoices(spec, node, style) };
}

function exclude(node, changed) {
  if (!changed.checked) return;
  const alone = 'exclusive' in changed.dataset;
  for (const other of node.querySelectorAll('input')) {
    if (other !== changed && (alone || 'exclusive' in other.dataset)) other.checked = false;
  }
}

function readChoices(spec, node, style) {
  const picked = [...node.querySelectorAll('input:checked')].map((i) => i.value);
  if (!picked.length && style.optional) return { value: undefined };
  if (!picked.length) return { problems: [{ id: spec.id, text: t('error.choose_any') }] };
  if (picked.includes(NONE)) return { value: spec.may_be_none ? null : [] };
  return { value: picked };
}
