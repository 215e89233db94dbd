import type { Diagnostic } from "../types.js";
import { DulyError, Policy } from "../evaluate/index.js";

export * from "../evaluate/index.js";
export { default } from "../evaluate/index.js";

/** A working-day calendar, as its YAML tells it. */
export interface Calendar {
  /** Free weekdays, e.g. `["saturday", "sunday"]`. */
  weekend: string[];
  /** For each year the free and the worked days that differ from the plain week, as `MM-DD`. */
  years: { [year: string]: { closed?: string[]; worked?: string[] } };
}

export interface CompileOptions {
  /** How the text is called in diagnostics; `policy.duly` where nothing is told. */
  name?: string;
  /** Parts by their dotted names. */
  imports?: { [name: string]: string };
  /** Calendars by their names. */
  calendars?: { [name: string]: Calendar };
}

/** What `compile` throws of a text that does not check. */
export interface CompileError extends DulyError {
  readonly diagnostics: Diagnostic[];
}

/** Everything that checking a text finds. */
export function check(text: string, options?: CompileOptions): Diagnostic[];

/** Compiles a text; throws a `CompileError` where it does not check. */
export function compile(text: string, options?: CompileOptions): Policy;
