// The entry for Node.
export { default, initSync } from "./load_node.js";
export { DulyError, Policy } from "./policy.js";
export { check, compile } from "./compile.js";
