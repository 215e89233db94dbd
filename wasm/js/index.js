// The entry for browsers and bundlers.
import start, { initSync as startSync } from "./raw.js";

export default async function init(input) {
  await start(input === undefined ? undefined : { module_or_path: input });
}

export function initSync(input) {
  startSync({ module: input });
}

export { DulyError, Policy, screen } from "./policy.js";
