// The corpus in Node: node node.mjs FOLDER
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as duly from "../pkg/evaluate/node.js";
import start from "../pkg/evaluate/raw.js";
import { run } from "./parity.js";

const MOST_MEMORY = 32 << 20;

await duly.default();
const claims = await run(duly, (name) => readFile(join(process.argv[2], name)));
const { memory } = await start();
if (memory.buffer.byteLength > MOST_MEMORY) throw new Error(`${memory.buffer.byteLength} bytes of memory are held`);
console.log(`Node ${process.version}: ${claims} claims decided alike, ${memory.buffer.byteLength >> 10} KiB of memory`);
