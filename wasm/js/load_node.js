// Loads the engine in Node, from the file beside this one where nothing else is given.
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
