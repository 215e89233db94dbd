// Decides a corpus again and compares every byte; runs in Node and in pages alike.

/** Stands in the corpus for every policy of the library together. */
const EVERY = 0xffffffff;

/** Throws at the first claims that are decided otherwise; `fetchBytes` reads a file of the corpus. */
export async function run(duly, fetchBytes) {
  const corpus = await fetchBytes("corpus.bin");
  const policies = [];
  const differences = [];
  let claims = 0;
  for (const claim of claimsOf(corpus)) {
    const every = claim.policy === EVERY;
    if (!every) policies[claim.policy] ??= new duly.Policy(await fetchBytes(`${claim.policy}.dulyc`));
    const library = every ? policies.filter((policy) => !policy.name.startsWith("test.")) : [];
    const answer = answerOf(every ? screeningBy(duly, library) : policies[claim.policy], claim);
    if (!same(answer, claim.answer)) differences.push(shown(claim, answer));
    claims += 1;
  }
  survives(duly, policies);
  policies.forEach((policy) => policy.free());
  if (differences.length > 0) {
    throw new Error(`${differences.length} of ${claims} claims are decided otherwise:\n${differences.slice(0, 3).join("\n")}`);
  }
  return claims;
}

function* claimsOf(corpus) {
  const numbers = new DataView(corpus.buffer, corpus.byteOffset, corpus.byteLength);
  let at = 0;
  const number = () => numbers.getUint32((at += 4) - 4, true);
  const part = () => {
    const length = number();
    return corpus.subarray(at, (at += length));
  };
  while (at < corpus.length) {
    yield { policy: number(), locale: number(), explain: number() === 1, application: part(), answer: part() };
  }
}

/** All policies together, asked as one is. */
const screeningBy = (duly, library) => ({
  locales: ["en", "ru", "uk"],
  decideBytes: (facts, options) => duly.Policy.screenBytes(library, facts, options),
});

function answerOf(policy, { application, locale, explain }) {
  try {
    return policy.decideBytes(application, { locale: policy.locales[locale], explain });
  } catch ({ code, message, problems }) {
    return new TextEncoder().encode(JSON.stringify({ code, message, problems }));
  }
}

function same(a, b) {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function shown({ policy, application, answer: expected }, answer) {
  const text = (bytes) => new TextDecoder().decode(bytes).slice(0, 400);
  return `policy ${policy}\n  claim    ${text(application)}\n  expected ${text(expected)}\n  decided  ${text(answer)}`;
}

/** A hundred hostile inputs at one instance; then a good one is decided as before, in no more memory. */
function survives(duly, policies) {
  const policy = policies[0];
  const good = JSON.stringify(policy.decide({}));
  const circle = {};
  circle.circle = circle;
  const inputs = [
    undefined, null, 1, Symbol.iterator, () => 1, 10n, circle, { toJSON: () => { throw new TypeError("no"); } },
    "", "{", "\ud800", "[".repeat(1 << 20), new Uint8Array(64 << 20), new Uint8Array(1 << 20).fill(0x22),
    new Float64Array(9), new DataView(new ArrayBuffer(3)), new ArrayBuffer(7), [[]], { today: "never" }, new Date(NaN),
  ];
  for (let round = 0; round < 5; round += 1) {
    for (const input of inputs) {
      mustRefuse(duly, () => policy.decide(input), input);
      mustRefuse(duly, () => new duly.Policy(input), input);
    }
  }
  mustRefuse(duly, () => policy.decide({}, { locale: "tlh" }), "a locale");
  mustRefuse(duly, () => policy.facts({ locale: {} }), "a locale");
  const freed = policies.length > 1 ? policies.pop() : policy;
  freed.free();
  freed.free();
  mustRefuse(duly, () => freed.decide({}), "a freed policy");
  if (JSON.stringify(policy.decide({})) !== good) throw new Error("hostile inputs changed a later decision");
}

function mustRefuse(duly, work, input) {
  try {
    work();
  } catch (error) {
    if (error instanceof duly.DulyError && typeof error.code === "string") return;
    throw new Error(`${typeof input} is refused without a code: ${error}`, { cause: error });
  }
  throw new Error(`${typeof input} was not refused`);
}
