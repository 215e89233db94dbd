// One document to be checked: what is asked of it, what is there, what is wrong.

import { el, button, link, unseen } from '../dom.js';
import { t } from '../i18n.js';
import { size } from '../format.js';
import { to } from '../flow.js';
import { addFile, addPaper, demands, details, find, judge, remove, stateOf } from '../papers.js';
import { tag, told } from './common.js';

/** The card of a document; `changed(kind)` is called when something was added or taken away. */
export function paper(interview, decided, changed) {
  const { kind, title } = decided;
  const state = stateOf(interview, decided);
  const take = (file) => {
    if (!file) return;
    addFile(interview, kind, file);
    changed(kind);
  };
  const node = el(
    'li',
    { class: `paper ${state}`, id: `paper-${kind}` },
    el(
      'div',
      { class: 'paper-head' },
      el('h3', { tabindex: '-1', id: `paper-${kind}-title` }, told(title, interview.locale)),
      tag(t(`document.${state}`), state),
    ),
    el('p', { class: 'asked' }, demands(interview, kind)),
    present(find(interview, kind)),
    complaints(interview, decided),
    actions(interview, decided, take, changed),
  );
  acceptDrops(node, take);
  return node;
}

function present(document) {
  if (!document) return null;
  const { name, format, size: mb } = document;
  if (!format && !name) return el('p', { class: 'file' }, t('document.on_paper'));
  const about = [format ?? t('document.no_format'), mb === undefined ? null : size(mb)].filter(Boolean).join(', ');
  return el('p', { class: 'file' }, name ? `${name} – ${about}` : about);
}

function complaints(interview, decided) {
  const { wrong, untold } = judge(interview, decided);
  return [
    wrong.length
      ? el(
          'ul',
          { class: 'defects' },
          wrong.map((d) => el('li', {}, told(d.message, interview.locale))),
        )
      : null,
    untold.length ? el('p', { class: 'quiet-text' }, t('document.confirm', { n: untold.length })) : null,
  ];
}

function actions(interview, decided, take, changed) {
  const { kind, title } = decided;
  const here = find(interview, kind);
  const of = () => unseen(`: ${title}`);
  const input = el('input', {
    type: 'file',
    id: `file-${kind}`,
    class: 'unseen',
    onchange: () => take(input.files[0]),
  });
  const choose = el(
    'span',
    { class: 'file-choice' },
    input,
    el(
      'label',
      { for: input.id, class: 'button second small' },
      t(here ? 'document.choose_other' : 'document.choose'),
      of(),
    ),
  );
  const toTell = here ? details(interview, decided) : [];
  const { wrong, untold } = judge(interview, decided);
  const tell =
    toTell.length > 0 &&
    link(
      to(interview.name, 'document', kind),
      [t(untold.length ? 'document.details' : 'document.details.change'), of()],
      {
        class: untold.length && !wrong.length ? 'button small' : null,
      },
    );
  const onPaper =
    !here &&
    button(
      [t('document.paper'), of()],
      () => {
        addPaper(interview, kind);
        changed(kind);
      },
      { class: 'quiet' },
    );
  const away =
    here &&
    button(
      [t('document.remove'), of()],
      () => {
        remove(interview, kind);
        changed(kind);
      },
      { class: 'quiet' },
    );
  return el(
    'div',
    { class: 'actions' },
    tell,
    choose,
    here ? null : el('span', { class: 'drop-hint', 'aria-hidden': 'true' }, t('document.drop')),
    onPaper,
    away,
  );
}

/** Files can be dropped on the whole card. */
function acceptDrops(node, take) {
  const over = (is) => (event) => {
    event.preventDefault();
    node.classList.toggle('over', is);
  };
  node.addEventListener('dragover', over(true));
  node.addEventListener('dragleave', over(false));
  node.addEventListener('drop', (event) => {
    over(false)(event);
    take(event.dataTransfer.files[0]);
  });
}
