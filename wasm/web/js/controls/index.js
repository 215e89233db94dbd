// The right control for each type of fact. A control is `{ node, read() }`;
// `read` gives `{ value }` (`undefined`: not known) or `{ problems: [{ id, text, part }] }`.

import { freshId } from '../dom.js';
import { choice, choices } from './choice.js';
import { date } from './date.js';
import { list } from './list.js';
import { period } from './period.js';
import { line } from './line.js';

const BY_TYPE = { yes_no: choice, choice, choices, date, list, period };

/**
 * A control for a fact.
 * `style.heading`: its question is the heading of the page; `style.optional`: it may be left open;
 * `style.lang`: the language of the policy's texts; `style.draft`: where unfinished lists are kept.
 */
export function control(fact, value, style = {}) {
  const spec = { ...fact, id: freshId(fact.fact), lang: style.lang };
  return (BY_TYPE[fact.type] ?? line)(spec, value, style);
}
