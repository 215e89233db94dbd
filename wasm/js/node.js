// The entry for Node: the engine lies beside this file.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import start, { initSync as startSync } from "./raw.js";

const BESIDE = new URL("./raw_bg.wasm", import.meta.url);

export default async function init(input = BESIDE) {
  const isFile = input instanceof URL && input.protocol === "file:";
  await start({ module_or_path: isFile ? await readFile(input) : input });
}

export function initSync(input = readFileSync(BESIDE)) {
  startSync({ module: input });
}

export { DulyError, Policy, screen } from "./policy.js";
