// Where a person goes from here.

/** The address of a screen of an interview. */
export function to(name, ...rest) {
  return `#/${[name, ...rest].map(encodeURIComponent).join('/')}`;
}

/** The next question, or the result: after the last one, and once as soon as it is settled. */
export function next(interview) {
  const [first] = interview.pending();
  return first && !interview.isNews ? to(interview.name, 'question', first.fact) : to(interview.name, 'result');
}

/** After a change: back to where it was asked for, unless it raised new questions. */
export function after(interview, before, target) {
  const known = new Set(before);
  const isNew = interview.pending().some((q) => !known.has(q.fact));
  return target && (target === 'documents' || !isNew) ? to(interview.name, target) : next(interview);
}

/** The question before this one, or the first screen. */
export function previous(interview, fact) {
  const { asked } = interview;
  const at = asked.includes(fact) ? asked.indexOf(fact) : asked.length;
  return at > 0 ? to(interview.name, 'question', asked[at - 1]) : to(interview.name);
}
