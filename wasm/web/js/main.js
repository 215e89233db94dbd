// Shows the screen that the address names, in the language chosen.

import { interview as interviewOf, isAll } from './interview.js';
import { language, speak, t } from './i18n.js';
import { el } from './dom.js';
import { surround } from './parts/layout.js';
import { answers } from './pages/answers.js';
import { document_ } from './pages/document.js';
import { documents } from './pages/documents.js';
import { picker } from './pages/picker.js';
import { broken, clear, notFound } from './pages/plain.js';
import { print } from './pages/print.js';
import { question } from './pages/question.js';
import { result } from './pages/result.js';
import { start } from './pages/start.js';
import { together } from './pages/together.js';

const SCREENS = { '': start, question, result, documents, document: document_, answers, print };
const ALL_SCREENS = { '': start, question, result: together, answers };
const main = document.querySelector('main');
let turn = 0;

/** The screen at an address. */
async function screen(path) {
  const [name = '', kind = '', ...args] = path.slice(2).split('/').map(decodeURIComponent);
  if (!name) return picker();
  if (name === 'clear') return clear({ go });
  const interview = await interviewOf(name);
  const show = (isAll(name) ? ALL_SCREENS : SCREENS)[kind];
  if (!interview || !show) return notFound();
  return (await show({ interview, args, go, redo: show_ })) ?? notFound();
}

/** Shows the present screen; `focus` names what takes the focus instead of the heading. */
async function show_({ focus, say, drafts } = {}) {
  const mine = ++turn;
  const page = await screen(location.hash).catch((error) => {
    console.error(error);
    return broken();
  });
  if (mine !== turn) return;
  if (page.redirect) return void location.replace(page.redirect);
  main.replaceChildren(page.node);
  main.dataset.screen = location.hash;
  document.title = `${page.title} – ${t('service')}`;
  if (drafts) putBack(drafts);
  settle(focus);
  if (say) announce(say);
}

/** Puts the focus where reading goes on. */
function settle(focus) {
  const target = document.getElementById(focus) ?? main.querySelector('h1');
  if (focus === null || !target) return;
  if (!target.hasAttribute('tabindex') && target.tagName === 'H1') target.setAttribute('tabindex', '-1');
  target.focus({ preventScroll: Boolean(focus) });
  if (!focus) scrollTo(0, 0);
}

/** Goes to another screen; `say` is told to screen readers. */
function go(address, say) {
  if (say) announce(say);
  if (location.hash === address) show_();
  else location.hash = address;
}

function announce(text) {
  document.getElementById('live').textContent = text;
}

/** Another language in place: what is written into the form stays. */
function choose(code) {
  const drafts = taken();
  speak(code);
  surround(choose);
  show_({ focus: `language-${code}`, drafts });
}

function taken() {
  return [...main.querySelectorAll('form input, form select')].map((i) => ({ value: i.value, checked: i.checked }));
}

function putBack(drafts) {
  const inputs = [...main.querySelectorAll('form input, form select')];
  if (inputs.length !== drafts.length) return;
  inputs.forEach((input, n) => {
    if (input.type === 'radio' || input.type === 'checkbox') input.checked = drafts[n].checked;
    else if (input.type !== 'file') input.value = drafts[n].value;
  });
}

/** A file dropped beside its place must not replace the page. */
for (const kind of ['dragover', 'drop']) addEventListener(kind, (event) => event.preventDefault());
addEventListener('hashchange', () => show_());

speak(language());
surround(choose);
main.replaceChildren(el('p', {}, t('loading')));
show_({ focus: null });
navigator.serviceWorker?.register('sw.js').catch(() => undefined); // without it the page works, but only online
