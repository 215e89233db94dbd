import type { Decision, Form, InputProblem, Question, Screening } from "../types.js";

export type * from "../types.js";

/** What can be told of a fact; a key that is left out is unknown, `null` is known to be none. */
export type Fact = null | boolean | number | string | Fact[] | Application;

/** Facts nested by their dotted path. */
export interface Application {
  [key: string]: Fact | undefined;
}

/** An application as an object, as JSON text, or as JSON in UTF-8. */
export type Input = Application | string | Uint8Array | ArrayBuffer;

export interface LocaleOptions {
  /** The locale of the texts; the policy's first where none is asked. */
  locale?: string;
}

export interface DecideOptions extends LocaleOptions {
  /** Add the trace: every declaration with its value. */
  explain?: boolean;
}

/**
 * Loads the engine once; call it before anything else.
 * Without an input it takes the `.wasm` beside it; also a Response, a URL, bytes or a module will do.
 */
export default function init(
  input?: Response | URL | string | BufferSource | WebAssembly.Module | Promise<Response>,
): Promise<void>;

/** Loads the engine from bytes or a module; in Node from the file beside it where nothing is given. */
export function initSync(input?: BufferSource | WebAssembly.Module): void;

/** What the engine refuses. */
export class DulyError extends Error {
  /** Stable: `I7xx` of an application, `A8xx` of an artefact, `freed` of a policy that was freed. */
  readonly code: string;
  /** Everything wrong with an application. */
  readonly problems?: InputProblem[];
}

/** A compiled policy. */
export class Policy {
  /** Reads a `.dulyc`, of which nothing is trusted. */
  constructor(artefact: Uint8Array | ArrayBuffer);
  /** Its dotted name. */
  readonly name: string;
  /** `sha256:` and the digest of the compiled policy. */
  readonly digest: string;
  /** Its locales; the first is the default. */
  readonly locales: readonly string[];
  /** Decides an application. */
  decide(application: Input, options?: DecideOptions): Decision;
  /** The decision as JSON in UTF-8: the same bytes from every channel. */
  decideBytes(application: Input, options?: DecideOptions): Uint8Array;
  /** What to ask next, the most useful first. */
  questions(application: Input, options?: LocaleOptions): Question[];
  /** What many policies say of one set of facts, as JSON in UTF-8: the bytes of `duly screen --format json`. */
  static screenBytes(policies: Iterable<Policy>, facts: Input, options?: LocaleOptions): Uint8Array;
  /** Everything that a form needs. */
  facts(options?: LocaleOptions): Form;
  /** Gives its memory back at once; without it that happens when nothing holds the policy any more. */
  free(): void;
}

/**
 * What many policies say of one set of facts, the union of what they ask. Each ignores what is not its own; the way of
 * filing may be told for each by its name: `filing: { channel: { "ru.hearing_aid.compensation": "mfc" } }`.
 */
export function screen(policies: Iterable<Policy>, facts: Input, options?: LocaleOptions): Screening;
