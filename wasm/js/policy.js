// Objects over the engine's bytes.
import { RawPolicy, RawScreening } from "./raw.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What the engine refuses: `code` is stable, `problems` tells each place of an application. */
export class DulyError extends Error {
  constructor({ code, message, ...rest }) {
    super(message);
    this.name = "DulyError";
    this.code = code;
    Object.assign(this, rest);
  }
}

/** Calls the engine, which throws its errors as JSON. */
export function call(work) {
  try {
    return work();
  } catch (thrown) {
    throw typeof thrown === "string" ? new DulyError(JSON.parse(thrown)) : thrown;
  }
}

export const read = (bytes) => JSON.parse(decoder.decode(bytes));

/** Bytes as they are, a text in UTF-8, anything else as JSON. */
export function bytesOf(input) {
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  return encoder.encode(typeof input === "string" ? input : written(input));
}

function written(input) {
  try {
    return JSON.stringify(input);
  } catch (cause) {
    throw new DulyError({ code: "I701", message: `[I701] this cannot be written as JSON: ${cause.message}` });
  }
}

const localeOf = ({ locale }) => (locale == null ? undefined : String(locale));

export class Policy {
  #raw;

  constructor(artefact) {
    this.#raw = call(() => new RawPolicy(bytesOf(artefact)));
    Object.assign(this, read(this.#raw.about()));
  }

  get #engine() {
    if (this.#raw === null) throw new DulyError({ code: "freed", message: "the policy was freed" });
    return this.#raw;
  }

  decideBytes(application, options = {}) {
    const raw = this.#engine;
    return call(() => raw.decide(bytesOf(application), localeOf(options), Boolean(options.explain)));
  }

  decide(application, options) {
    return read(this.decideBytes(application, options));
  }

  questions(application, options) {
    return this.decide(application, options).questions;
  }

  facts(options = {}) {
    const raw = this.#engine;
    return read(call(() => raw.facts(localeOf(options))));
  }

  static screenBytes(policies, facts, options = {}) {
    const screening = new RawScreening();
    try {
      for (const policy of policies) screening.add(policy.#engine);
      return call(() => screening.screen(bytesOf(facts), localeOf(options)));
    } finally {
      screening.free();
    }
  }

  free() {
    this.#raw?.free();
    this.#raw = null;
  }
}

/** What many policies say of one set of facts. */
export function screen(policies, facts, options) {
  return read(Policy.screenBytes(policies, facts, options));
}
