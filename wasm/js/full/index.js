// The entry for browsers and bundlers.
export { default, initSync } from "./load.js";
export { DulyError, Policy } from "./policy.js";
export { check, compile } from "./compile.js";
