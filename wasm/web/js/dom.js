// Building of elements, without markup in strings.

/** Makes an element: attributes, `on…` listeners, children (text, nodes, nothing). */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(node, name, value);
  node.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (name === 'value' || name === 'checked') node[name] = value;
  else node.setAttribute(name, value === true ? '' : value);
}

/** A button that does something on this page. */
export function button(text, onclick, attributes = {}) {
  return el('button', { type: 'button', class: 'button', onclick, ...attributes }, text);
}

/** A link to another screen. */
export function link(href, text, attributes = {}) {
  return el('a', { href, ...attributes }, text);
}

/** Text that only a screen reader says. */
export function unseen(text) {
  return el('span', { class: 'unseen' }, text);
}

/** An id that nothing else on the page has. */
export function freshId(stem) {
  counter += 1;
  return `${stem.replace(/[^\w-]/g, '-')}-${counter}`;
}
let counter = 0;

/** Hands a file to the person; nothing is sent anywhere. */
export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = el('a', { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
